// @ts-check
// Files dropped on the page, and each one's result as soon as it is there. Without this script the
// form works as it stands; what is sent and what comes back is the same form and the same page.
"use strict";

/** @template {Element} T @param {string} id @param {new () => T} kind @returns {T} */
function part(id, kind) {
  const element = document.getElementById(id);
  if (!(element instanceof kind)) throw new TypeError(`the page has no ${kind.name} “${id}”`);
  return element;
}

const form = part("check", HTMLFormElement);
const drop = part("drop", HTMLElement);
const files = part("files", HTMLInputElement);
const progress = part("progress", HTMLElement);
const found = part("found", HTMLElement);
const button = part("send", HTMLButtonElement);
const FIRST_WORD_AFTER = 1000;
const AT_ONCE = 3;

for (const hint of document.querySelectorAll(".script")) hint.removeAttribute("hidden");

takeDrops(form, drop, files);

form.addEventListener("submit", (event) => {
  const parts = partsOf(new FormData(form));
  if (parts.length === 0) return; // the server says so
  event.preventDefault();
  checkAll(parts);
});

/** One form a file, and one for what was pasted. @param {FormData} whole @returns {FormData[]} */
function partsOf(whole) {
  const sources = [...whole.entries()].filter(([name, value]) =>
    name === "files" ? value instanceof File && value.name : name === "text" && String(value).trim(),
  );
  return sources.map(([name, value]) => {
    const one = new FormData();
    one.append(name, value);
    for (const shared of ["key", "name", "email"]) one.append(shared, whole.get(shared) ?? "");
    return one;
  });
}

/** @param {FormData[]} parts */
async function checkAll(parts) {
  button.disabled = true;
  const list = document.createElement("ul");
  list.className = "files";
  const title = document.createElement("h2");
  title.textContent = "Results";
  found.replaceChildren(title, list);
  const waiting = parts.map((one) => ({ one, place: list.appendChild(document.createElement("li")) }));
  let ready = 0;
  let late = false;
  const told = () => {
    progress.textContent = `${ready} of ${parts.length} checked`;
  };
  const timer = setTimeout(() => {
    late = true;
    told();
  }, FIRST_WORD_AFTER);
  const work = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      await checkOne(next.one, next.place);
      ready += 1;
      if (late) told();
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  clearTimeout(timer);
  progress.textContent = parts.length === 1 ? "Checked." : `All ${parts.length} checked.`;
  button.disabled = false;
}

/**
 * Send one part of the form, and put the result from the page that comes back in its place.
 * @param {FormData} one
 * @param {HTMLElement} place
 */
async function checkOne(one, place) {
  try {
    const answer = await fetch("/check", { method: "POST", body: one });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const result = page.querySelector("#found .file");
    if (result !== null) {
      place.replaceWith(document.adoptNode(result));
      return;
    }
    place.textContent = answer.status === 403
      ? "The wallet was closed in the meantime. Open it again, and check once more."
      : "The server could not take this file. It may be too large.";
  } catch {
    place.textContent = "The server did not answer. See whether it still runs.";
  }
}

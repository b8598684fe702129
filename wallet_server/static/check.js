// Files dropped on the page, and each one's result as soon as it is there. Without this script the
// form works as it stands; what is sent and what comes back is the same form and the same page.
"use strict";

const form = document.getElementById("check");
const drop = document.getElementById("drop");
const files = document.getElementById("files");
const progress = document.getElementById("progress");
const found = document.getElementById("found");
const FIRST_WORD_AFTER = 1000;
const AT_ONCE = 3;

for (const hint of document.querySelectorAll(".script")) hint.hidden = false;

for (const kind of ["dragenter", "dragover"]) {
  drop.addEventListener(kind, (event) => {
    event.preventDefault();
    drop.classList.add("over");
  });
}
for (const kind of ["dragleave", "drop"]) {
  drop.addEventListener(kind, () => drop.classList.remove("over"));
}
drop.addEventListener("drop", (event) => {
  event.preventDefault();
  files.files = event.dataTransfer.files;
  form.requestSubmit();
});

form.addEventListener("submit", (event) => {
  const parts = partsOf(new FormData(form));
  if (parts.length === 0) return; // the server says so
  event.preventDefault();
  checkAll(parts);
});

/** One form a file, and one for what was pasted. */
function partsOf(whole) {
  const shared = ["key", "name", "email"].map((name) => [name, whole.get(name)]);
  const made = (name, value) => {
    const part = new FormData();
    part.append(name, value);
    for (const [key, said] of shared) part.append(key, said);
    return part;
  };
  const parts = whole.getAll("files").filter((file) => file.name).map((file) => made("files", file));
  if (whole.get("text").trim()) parts.push(made("text", whole.get("text")));
  return parts;
}

async function checkAll(parts) {
  const button = form.querySelector("button");
  button.disabled = true;
  const list = document.createElement("ul");
  list.className = "files";
  const title = document.createElement("h2");
  title.textContent = "Results";
  found.replaceChildren(title, list);
  const places = parts.map(() => list.appendChild(document.createElement("li")));
  let ready = 0;
  let late = false;
  const told = () => {
    progress.textContent = `${ready} of ${parts.length} checked`;
  };
  const timer = setTimeout(() => {
    late = true;
    told();
  }, FIRST_WORD_AFTER);
  const waiting = parts.map((part, index) => [part, places[index]]);
  const work = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      await checkOne(...next);
      ready += 1;
      if (late) told();
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  clearTimeout(timer);
  progress.textContent = parts.length === 1 ? "Checked." : `All ${parts.length} checked.`;
  button.disabled = false;
}

/** Send one part of the form, and put the result from the page that comes back in its place. */
async function checkOne(part, place) {
  try {
    const answer = await fetch("/check", { method: "POST", body: part });
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

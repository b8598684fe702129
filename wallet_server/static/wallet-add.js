// @ts-check
// Files dropped on the form, and the page of an import kept up to date. Without this script the
// form works as it stands, and the page has a link that looks again.
"use strict";

const LOOK_AT_IT_AGAIN = 1000;

for (const hint of document.querySelectorAll(".script")) hint.removeAttribute("hidden");

/** Files dropped on the form are sent as if they had been chosen. */
function takeDrops() {
  const form = document.querySelector("#bring");
  const drop = document.querySelector("#drop");
  const files = document.querySelector("#files");
  if (!(form instanceof HTMLFormElement && drop instanceof HTMLElement && files instanceof HTMLInputElement)) return;
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
    files.files = event.dataTransfer?.files ?? null;
    form.requestSubmit();
  });
  form.addEventListener("submit", () => {
    const progress = document.querySelector("#progress");
    if (progress !== null) progress.textContent = "Looking through it …";
  });
}

/** Put what the server's page says now in the place of what stands here. */
async function look() {
  const here = document.querySelector("#import");
  if (!(here instanceof HTMLElement) || here.dataset.finished === "yes") return;
  try {
    const answer = await fetch(location.pathname);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const there = page.querySelector("#import");
    if (there instanceof HTMLElement) {
      const finished = there.dataset.finished === "yes";
      here.replaceWith(document.adoptNode(there));
      const said = document.querySelector("#said");
      if (finished && said !== null) said.textContent = "All of it was looked at.";
    }
  } catch {
    // the server is being started anew, perhaps: look again
  }
  setTimeout(look, LOOK_AT_IT_AGAIN);
}

takeDrops();
setTimeout(look, LOOK_AT_IT_AGAIN);

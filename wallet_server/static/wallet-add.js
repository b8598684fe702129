// @ts-check
// Files dropped on the form, and the page of an import kept up to date. Without this script the
// form works as it stands, and the page has a link that looks again.
"use strict";

const LOOK_AT_IT_AGAIN = 1000;

for (const hint of document.querySelectorAll(".script")) hint.removeAttribute("hidden");

/** The form by which files are brought, dropped or chosen. */
function takeFiles() {
  const form = document.querySelector("#bring");
  const drop = document.querySelector("#drop");
  const files = document.querySelector("#files");
  if (!(form instanceof HTMLFormElement && drop instanceof HTMLElement && files instanceof HTMLInputElement)) return;
  takeDrops(form, drop, files);
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

takeFiles();
setTimeout(look, LOOK_AT_IT_AGAIN);

// @ts-check
// Files dropped on a form are sent as if they had been chosen.
"use strict";

/** @param {HTMLFormElement} form @param {HTMLElement} place where they are dropped @param {HTMLInputElement} chosen */
function takeDrops(form, place, chosen) {
  for (const kind of ["dragenter", "dragover"]) {
    place.addEventListener(kind, (event) => {
      event.preventDefault();
      place.classList.add("over");
    });
  }
  for (const kind of ["dragleave", "drop"]) {
    place.addEventListener(kind, () => place.classList.remove("over"));
  }
  place.addEventListener("drop", (event) => {
    event.preventDefault();
    chosen.files = event.dataTransfer?.files ?? null;
    form.requestSubmit();
  });
}

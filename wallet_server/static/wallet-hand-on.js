// @ts-check
// Copies with one press: the signature as formatted text, the rest as it stands. Without this
// script the boxes can be selected and copied from.
"use strict";

/** @param {string} text @param {string} kind @returns {Promise<void>} */
function put(text, kind) {
  if (kind !== "html") return navigator.clipboard.writeText(text);
  const plain = document.querySelector("#signature-text");
  const words = plain instanceof HTMLTextAreaElement ? plain.value : text;
  const item = new ClipboardItem({
    "text/html": new Blob([text], { type: "text/html" }),
    "text/plain": new Blob([words], { type: "text/plain" }),
  });
  return navigator.clipboard.write([item]);
}

/** @param {HTMLButtonElement} button */
async function copy(button) {
  const box = document.getElementById(button.dataset.copies ?? "");
  const said = document.querySelector("#copied");
  if (!(box instanceof HTMLTextAreaElement) || said === null) return;
  try {
    await put(box.value, button.dataset.as ?? "text");
    said.textContent = "Copied.";
    button.textContent = "Copied";
  } catch {
    box.select(); // the browser keeps programs from the clipboard: the keyboard still copies
    said.textContent = "Your browser did not let this page copy. It is selected: press Ctrl+C.";
  }
}

for (const button of document.querySelectorAll("button.script")) {
  if (!(button instanceof HTMLButtonElement)) continue;
  button.hidden = false;
  button.addEventListener("click", () => void copy(button));
}
for (const box of document.querySelectorAll("textarea[readonly]")) {
  if (box instanceof HTMLTextAreaElement) box.addEventListener("focus", () => box.select());
}

// @ts-check
// The page of a sweep kept up to date, as long as nobody is at work in it. Without this script it
// is loaded anew every few seconds.
"use strict";

const SWEEP_AGAIN = 1000;

/** Put what the server's page says now in the place of what stands here. */
async function lookAtSweep() {
  const here = document.querySelector("#sweep");
  if (!(here instanceof HTMLElement) || here.dataset.running !== "yes") return;
  try {
    const answer = await fetch(location.href);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const there = page.querySelector("#sweep");
    if (there instanceof HTMLElement && !here.contains(document.activeElement)) {
      const running = there.dataset.running === "yes";
      here.replaceWith(document.adoptNode(there));
      const said = document.querySelector("#said");
      if (!running && said !== null) said.textContent = "All of it was looked through.";
    }
  } catch {
    // the server is being started anew, perhaps: look again
  }
  setTimeout(lookAtSweep, SWEEP_AGAIN);
}

setTimeout(lookAtSweep, SWEEP_AGAIN);

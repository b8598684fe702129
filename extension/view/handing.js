// @ts-check
// Where a badge can be handed over: files, pictures and text, dropped, chosen or pasted. The whole panel takes drops.

import { ask, Refused } from "../lib/ask.js";
import { el, svg } from "../lib/dom.js";
import { fromBytes } from "../lib/handed.js";
import { t } from "../lib/i18n.js";
import { ICONS } from "../lib/icons.js";

const MOST_FILES = 50;

/** @param {File} file */
async function handFile(file) {
  const read = fromBytes(new Uint8Array(await file.arrayBuffer()), file.name);
  if ("reason" in read) throw new Refused({ code: "refused", says: t(read.reason), reason: read.reason });
  if ("bytes" in read.source) await ask("handed.file", { bytes: read.source.bytes, label: read.label });
}

/** @param {(text: string) => void} announce */
export function createHanding(announce) {
  const chosen = el("input", { type: "file", multiple: true, hidden: true, tabindex: -1, "aria-hidden": "true" });
  const choose = el("button", { type: "button", onclick: () => chosen.click() }, t("hand_choose"));
  const text = el("textarea", {
    id: "handed",
    rows: 3,
    dir: "auto",
    spellcheck: "false",
    "aria-describedby": "handed-said",
  });
  const check = el("button", { type: "submit", class: "primary" }, t("hand_check"));
  const said = el("p", { id: "handed-said", class: "small", role: "status", dir: "auto" });

  /** @param {() => Promise<unknown>} work */
  const attempt = async (work) => {
    said.textContent = t("hand_working");
    try {
      await work();
      said.textContent = "";
    } catch (trouble) {
      if (!(trouble instanceof Refused)) throw trouble;
      said.textContent = trouble.says ?? t(`trouble_${trouble.code}_title`);
      announce(said.textContent);
    }
  };
  /** @param {FileList | File[]} files */
  const handFiles = async (files) => {
    for (const file of [...files].slice(0, MOST_FILES)) await handFile(file);
  };
  /** @param {SubmitEvent} event */
  const submit = (event) => {
    event.preventDefault();
    void attempt(async () => {
      await ask("handed.text", { text: text.value });
      text.value = "";
      form.open = false;
    });
  };
  chosen.addEventListener("change", () => {
    void attempt(async () => {
      await handFiles([...(chosen.files ?? [])]);
      chosen.value = "";
      form.open = false;
    });
  });

  const form = el(
    "details",
    {},
    el("summary", {}, svg(ICONS.drop, 18), el("span", {}, t("hand_title")), svg(ICONS.forward, 16, "shape go")),
    el(
      "form",
      { onsubmit: submit },
      el("p", { class: "small soft" }, t("hand_says")),
      el("label", { for: "handed", class: "small" }, t("hand_label")),
      text,
      el("div", { class: "enter" }, check, choose),
      chosen,
      said,
    ),
  );
  const node = el("aside", { class: "handing", "aria-label": t("hand_title") }, form);
  takeDrops(node, (data) =>
    attempt(async () => {
      if (data.files.length > 0) return handFiles(data.files);
      const address = data
        .getData("text/uri-list")
        .split(/\r?\n/)
        .find((line) => line && !line.startsWith("#"));
      return address ? ask("handed.address", { address }) : ask("handed.text", { text: data.getData("text/plain") });
    }),
  );
  return { node, show: (/** @type {boolean} */ isReady) => (node.hidden = !isReady) };
}

/** @param {HTMLElement} node @param {(data: DataTransfer) => Promise<void>} take */
function takeDrops(node, take) {
  let depth = 0; // enter and leave come once for every element passed
  const mark = (/** @type {number} */ now) => {
    depth = now;
    document.body.classList.toggle("dropping", depth > 0);
  };
  document.addEventListener("dragenter", () => mark(depth + 1));
  document.addEventListener("dragleave", () => mark(Math.max(0, depth - 1)));
  document.addEventListener("dragover", (event) => event.preventDefault());
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    mark(0);
    if (event.dataTransfer && !node.hidden) void take(event.dataTransfer);
  });
}

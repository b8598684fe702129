// @ts-check
// What must hold of the extension as a whole: its files, permissions and words, and what no file may contain.
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { LEAVES } from "../../../extension/lib/leaves.js";
import { OUTCOME_SHAPES, QUESTIONS } from "../../../extension/lib/outcomes.js";
import { VERDICTS } from "../../../extension/lib/verdicts.js";
import { FINDINGS } from "../../../extension/view/compare.js";
import { ENGLISH, LANGUAGES } from "./languages.js";

const ROOT = new URL("../../../extension/", import.meta.url);
/** @param {string} name */
const read = (name) => readFileSync(new URL(name, ROOT), "utf8");
/** @param {string} name its code, without what is only said about it */
const code = (name) =>
  read(name)
    .replace(/\/\*[^]*?\*\//g, "")
    .replace(/^\s*\/\/.*$/gm, "");
const files = readdirSync(ROOT, { recursive: true, encoding: "utf8" }).map((name) => name.replaceAll("\\", "/"));
const sources = files.filter((name) => /\.(?:js|html|css)$/.test(name));
const manifest = JSON.parse(read("manifest.json"));

test("it asks for these permissions and no others; a new one makes every reader consent again", () => {
  assert.deepEqual(manifest.permissions, ["activeTab", "alarms", "contextMenus", "scripting", "sidePanel", "storage"]);
  assert.deepEqual(manifest.host_permissions, ["http://127.0.0.1/*", "http://localhost/*"]);
  // Given by the browser for one site, when its reader asks for that one.
  assert.deepEqual(manifest.optional_host_permissions, ["https://*/*"]);
  const known = [
    "manifest_version",
    "name",
    "short_name",
    "description",
    "version",
    "default_locale",
    "minimum_chrome_version",
    "browser_specific_settings",
    "permissions",
    "host_permissions",
    "optional_host_permissions",
    "background",
    "action",
    "side_panel",
    "sidebar_action",
    "options_ui",
    "icons",
    "content_security_policy",
  ];
  assert.deepEqual(
    Object.keys(manifest).filter((key) => !known.includes(key)),
    [],
  );
});

test("every permission is explained in its README", () => {
  const readme = read("README.md");
  for (const permission of [...manifest.permissions, ...manifest.host_permissions])
    assert.ok(readme.includes(`\`${permission}\``), permission);
});

test("every file that is named exists", () => {
  const named = [
    manifest.background.service_worker,
    manifest.action.default_popup,
    manifest.side_panel.default_path,
    manifest.sidebar_action.default_panel,
    manifest.options_ui.page,
    ...Object.values(manifest.icons),
    ...Object.values(manifest.action.default_icon),
    ...[...read("background/inject.js").matchAll(/"\/(content\/[\w./]+)"/g)].map(([, name]) => name),
  ];
  for (const name of named) assert.ok(files.includes(name), name);
  for (const page of files.filter((name) => name.endsWith(".html"))) {
    for (const [, target = ""] of read(page).matchAll(/(?:src|href)="([^"]+)"/g))
      assert.ok(existsSync(new URL(target, new URL(page, ROOT))), `${page}: ${target}`);
  }
  for (const script of files.filter((name) => name.endsWith(".js"))) {
    for (const [, target = ""] of read(script).matchAll(/(?:from|import) "(\.[^"]+)"/g))
      assert.ok(existsSync(new URL(target, new URL(script, ROOT))), `${script}: ${target}`);
  }
});

test("every content script is injected, the first one first and the starting one last", () => {
  const injected = [...read("background/inject.js").matchAll(/"\/(content\/[\w./]+)"/g)].map(([, name]) => name);
  assert.deepEqual([...injected].sort(), files.filter((name) => /^content\/.+\.js$/.test(name)).sort());
  assert.equal(injected[0], "content/ns.js");
  assert.equal(injected.at(-1), "content/main.js");
});

for (const [what, pattern] of Object.entries({
  "parsed markup":
    /innerHTML|outerHTML\s*[+]?=(?!=)|insertAdjacentHTML|document\.write|DOMParser|createContextualFragment|setHTML/,
  "code out of text": /\beval\s*\(|new Function|setTimeout\(\s*["'`]|javascript:/,
  "code from elsewhere": /import\s*\(|importScripts|<script[^>]+src="(?:https?:)?\/\//,
  "a debugging leftover": /console\.\w+\(|debugger\b/,
})) {
  test(`no file has ${what}`, () => {
    assert.deepEqual(
      sources.filter((name) => pattern.test(code(name))),
      [],
    );
  });
}

test("no file names a remote address, but for namespaces and the hosts of the platform list", () => {
  const allowed = [
    /^http:\/\/127\.0\.0\.1(?::8765)?$/,
    /^http:\/\/\$/,
    /^http:\/\/www\.w3\.org\/2000\/svg$/,
    /^http:\/\/www\.w3\.org\/1999\/xhtml$/,
    /^https:\/\/www\.credly\.com\/badges\/(?:\$|\{)/,
  ];
  for (const name of sources.filter((name) => name !== "content/platforms.js")) {
    for (const [address] of read(name).matchAll(/https?:\/\/[^\s"'`;,)]+/g)) {
      assert.ok(
        allowed.some((pattern) => pattern.test(address)),
        `${name}: ${address}`,
      );
    }
  }
});

test("only the background sends anything", () => {
  const senders = sources.filter((name) =>
    /\bfetch\s*\(|XMLHttpRequest|WebSocket|EventSource|sendBeacon/.test(read(name)),
  );
  assert.deepEqual(senders, ["background/api.js"]);
});

test("the token is named in the background alone, and by nothing that faces a page", () => {
  const knowing = sources.filter((name) => /\btoken\b/i.test(code(name)));
  assert.deepEqual(knowing, ["background/api.js", "background/router.js", "background/settings.js"]);
  assert.doesNotMatch(
    code("background/router.js"),
    /return \{[^}]*\btoken\b(?!\s*!==)/,
    "whether there is one is all it tells",
  );
});

test("lengths that follow the writing are logical, so that every page mirrors", () => {
  const physical =
    /(?:^|[\s;{])(?:(?:margin|padding|border|inset)-(?:left|right)|left|right|float|clear)\s*:|text-align:\s*(?:left|right)/;
  for (const name of files.filter((name) => name.endsWith(".css"))) {
    assert.doesNotMatch(code(name), physical, name);
    assert.doesNotMatch(
      code(name),
      /(?:margin|padding|inset):\s*(?:[^\s;]+\s+){3}[^\s;]+;/,
      `${name}: four sides at once`,
    );
  }
});

test("the content scripts neither store nor open anything", () => {
  for (const name of sources.filter((name) => name.startsWith("content/"))) {
    assert.doesNotMatch(
      read(name),
      /browser\.(?!runtime\b|storage\.onChanged)\w+|localStorage|sessionStorage|document\.cookie/,
      name,
    );
  }
});

/** @returns {Set<string>} keys asked for by their full name, which must be there */
function askedKeys() {
  const keys = [...JSON.stringify(manifest).matchAll(/__MSG_(\w+)__/g)].map(([, key = ""]) => key);
  for (const name of sources) {
    for (const [, key = ""] of read(name).matchAll(/(?:data-i18n=|\bt\()"(\w+)"/g)) keys.push(key);
    for (const [, key = ""] of read(name).matchAll(/\bplural\("(\w+)"/g)) keys.push(`${key}_one`, `${key}_other`);
  }
  return new Set(keys);
}

/** @returns {Set<string>} every text between quotation marks: a key that is chosen between is one of these */
const quoted = () =>
  new Set(sources.flatMap((name) => [...code(name).matchAll(/"(\w+)"/g)].map(([, text = ""]) => text)));

const TROUBLES = ["away", "other_program", "unsupported", "server_older", "server_newer", "unpaired", "refused"].concat(
  ["no_scan", "no_grant", "opted_out", "interrupted"],
);
const FAMILIES = [
  ...Object.keys(VERDICTS).map((verdict) => `verdict_${verdict}`),
  ...QUESTIONS.map((question) => `question_${question}`),
  ...Object.keys(OUTCOME_SHAPES).map((outcome) => `outcome_${outcome}`),
  ...TROUBLES.flatMap((code) => [`trouble_${code}_title`, `trouble_${code}_says`]),
  ...Object.keys(VERDICTS).map((verdict) => `headline_${verdict}`),
  ...["title", "issuer", "issued", "expires", "image", "id", "holder"].map((member) => `claim_${member}`),
  ...["yes", "no", "less", "cannot_tell"].map((agrees) => `claim_agrees_${agrees}`),
  ...["key", "domain"].map((what) => `changed_${what}`),
  ...["page_gone", "page_moved", "page_no_award", "page_large"].map((reason) => `reason_${reason}`),
  ...FINDINGS.map((code) => `doctor_${code}`),
  ...LEAVES.flatMap(({ name }) => [`privacy_${name}`, `privacy_${name}_says`]),
  ...["not_a_code", "wrong_code", "code_expired", "too_many_tries"].map((reason) => `pair_${reason}`),
];

test("every word that is asked for is there", () => {
  for (const [language, messages] of Object.entries(LANGUAGES)) {
    const missing = [...FAMILIES, ...askedKeys()].filter((key) => !Object.hasOwn(messages, key));
    assert.deepEqual(missing, [], language);
  }
});

// Which short answers there must be, the verifier says: test_words.py compares them.
const isAnswer = (/** @type {string} */ key) => QUESTIONS.some((question) => key.startsWith(`answer_${question}_`));

test("every word that is there is asked for", () => {
  const asked = new Set([...FAMILIES, ...askedKeys(), ...quoted()]);
  assert.deepEqual(
    Object.keys(ENGLISH).filter((key) => !asked.has(key) && !isAnswer(key)),
    [],
  );
});

test("names of words fit the browser's rule", () => {
  for (const messages of Object.values(LANGUAGES))
    for (const key of Object.keys(messages)) assert.match(key, /^[a-z0-9_]+$/);
});

// @ts-check
// Links that lead beside an award are told where a page is held against the wallet, and a page's word for them is read
// as a stranger's.
import assert from "node:assert/strict";
import { test } from "node:test";
import { readAstray } from "../../../extension/background/candidates.js";
import { content, page } from "./content.js";

const UUID = "01b2c3d4-0000-4000-8000-000000000001";
const PROFILE = "https://www.linkedin.com/in/mira-solano/?token=secret";
const CLASS = "https://www.credly.com/org/example-college/badge/teamwork";
const OWN = `https://www.credly.com/earner/earned/badge/${UUID}`;
const BODY = `<main><h1>Mira Solano</h1><ul>
  <li><div>Teamwork</div><div>Example College</div><div>Issued May 2024</div>
    <a href="https://www.linkedin.com/safety/go?url=${encodeURIComponent(CLASS)}"><span>Show credential</span></a></li>
  <li><div>First Aid</div><div>Example College</div><a href="${OWN}">Show credential</a></li>
  <li><a href="https://www.credly.com/badges/${UUID}">An award</a><a href="https://www.credly.com/users/mira">Profile</a></li>
  <li><div>Juggling</div><div>Circus School</div><div>Issued May 2024</div>
    <a href="https://circus.example/c/12?utm_source=x">Show credential</a><a href="https://circus.example/">Site</a></li>
  </ul></main><aside><a href="${CLASS}2">Promoted</a></aside>`;

test("a class, a page for its owner and an entry's own credential are told, with what the entry says; awards, profiles and adverts are not", () => {
  const document = page(BODY, PROFILE);
  const told = content.astray.linksIn(document, content.sites.at(new URL(PROFILE)));
  assert.equal(told.page, "https://www.linkedin.com/in/mira-solano/");
  assert.deepEqual(
    told.links.map(({ url, context }) => [url, context?.claims?.[0]]),
    [
      [CLASS, { title: "Teamwork", issuer: "Example College", issued: "2024-05" }],
      [OWN, { title: "First Aid", issuer: "Example College" }],
      ["https://circus.example/c/12", { title: "Juggling", issuer: "Circus School", issued: "2024-05" }],
    ],
  );
  assert.deepEqual(told.links[0]?.context?.names, ["Mira Solano"]);
});

test("what a taken-over page says of them is cut down to addresses and words", () => {
  const link = { url: CLASS, context: { page: "p", names: ["n"], secret: 1 }, token: "x" };
  const bad = [null, 7, { url: "javascript:1" }, { url: "data:image/png;base64,AA==" }, { url: "file:///etc/passwd" }];
  const read = readAstray({ page: PROFILE, links: [...bad, link], token: "x" });
  assert.deepEqual(read, {
    page: PROFILE,
    links: [{ url: CLASS, context: { page: "p", names: ["n"], emails: [], profiles: [] } }],
  });
  assert.equal(readAstray({ page: PROFILE, links: Array(900).fill(link) })?.links.length, 100);
  for (const none of [null, undefined, "page", {}, { page: "about:blank", links: [] }]) assert.equal(readAstray(none), null);
});

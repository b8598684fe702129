// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { content, page } from "./content.js";

const { labelOf, own } = content.find;
/** @param {Document} document */
const scan = (document) => [...own(document), ...content.work.whole(content.find.scan(document))];
const any = content.sites.at(new URL("https://portfolio.example/"));
/** @param {Registry} registry @param {Document} document */
const look = (registry, document) => content.work.whole(registry.look(document, { site: any }));

const UUID = "01b2c3d4-0000-4000-8000-000000000001";
const AWARD = `https://www.credly.com/badges/${UUID}`;

/** @param {string} body @param {string} [address] */
const found = (body, address) => {
  const document = page(body, address);
  return scan(document).map((place) => [place.kind, place.url, labelOf(place, document)]);
};

test("pictures, links and embeds are found, and what is neither is left alone", () => {
  assert.deepEqual(
    found(`
      <img src="/badge.png" alt="Teamwork" width="120" height="120"><img src="photo.jpg"><img alt="no address">
      <a href="${AWARD}/public_url">My AWS  badge</a><a href="/contact">Contact</a><a>nothing</a>
      <iframe src="https://www.credential.net/embed/${UUID}" title="Certificate"></iframe><iframe src="https://video.example/1"></iframe>
      <div data-share-badge-id="${UUID.toUpperCase()}"></div><div data-share-badge-id="../../evil"></div>
      <object data="https://openbadgepassport.com/app/badge/info/9/pic/embed"></object>`),
    [
      ["image", "https://portfolio.example/badge.png", "Teamwork"],
      ["award", `${AWARD}/public_url`, "My AWS badge"],
      ["award", `https://www.credential.net/embed/${UUID}`, "Certificate"],
      ["award", AWARD, ""],
      ["award", "https://openbadgepassport.com/app/badge/info/9/pic/embed", ""],
    ],
  );
});

test("a share's own picture is its face; a picture of anybody else's in such a link is asked about by itself", () => {
  const share = `https://home.example/s/${"Ab-_".repeat(10)}xyz`;
  const at = (/** @type {string} */ src) => found(`<a href="${share}/badge"><img src="${src}" alt="Loom" width="72" height="72"></a>`);
  assert.deepEqual(at(`${share}/1/picture.png`), [["document", `${share}/badge`, "Loom"]]);
  assert.deepEqual(at("https://other.example/baked.png").map(([kind]) => kind), ["document", "image"]);
  assert.deepEqual(at(`https://home.example/s/${"x".repeat(43)}/1/picture.png`).map(([kind]) => kind), ["document", "image"]);
});

test("icons and counters are too small to be badges; a picture of unknown size is not", () => {
  assert.deepEqual(
    found(
      '<img src="a.png" width="31" height="400"><img src="b.png" width="1" height="1"><img src="c.png"><img src="d.png" width="32" height="32">',
    ).map(([, url]) => url),
    ["https://portfolio.example/c.png", "https://portfolio.example/d.png"],
  );
});

test("a link around a picture is one place, at the picture; its picture is not asked about by itself", () => {
  const document = page(
    `<a href="${AWARD}"><img src="https://images.credly.com/images/${UUID}/a.png" alt="Cloud"></a>`,
  );
  const places = scan(document);
  assert.deepEqual(
    places.map((place) => [place.kind, labelOf(place, document)]),
    [["award", "Cloud"]],
  );
  assert.equal(places[0]?.element, document.querySelector("img"));
});

test("a page that is itself an award says so", () => {
  assert.deepEqual(found("<p>Badge</p>", `${AWARD}?source=x`), [["page", AWARD, ""]]);
  assert.deepEqual(found("<p>Badge</p>", "https://portfolio.example/assertion-1.json"), []);
});

test("of very many, known awards and the biggest pictures are kept, in page order", () => {
  const many = Array.from({ length: 600 }, (_, n) => `<img src="${n}.png" width="${40 + n}" height="40">`).join("");
  const urls = found(`${many}<a href="${AWARD}">award</a>`).map(([, url]) => url);
  assert.equal(urls.length, 500);
  assert.equal(urls.at(-1), AWARD);
  assert.equal(urls[0], "https://portfolio.example/101.png");
});

test("an oversized picture in the page's text is left out", () => {
  assert.deepEqual(found(`<img src="data:image/png;base64,${"A".repeat(9_000_001)}">`), []);
});

test("everything is asked about once, with all the places that show it", () => {
  const document = page('<img src="a.png" id="one"><img src="b.png">');
  const registry = content.createRegistry();
  const first = look(registry, document).fresh;
  assert.deepEqual(
    first.map(({ key, url }) => [key, url]),
    [
      ["b1", "https://portfolio.example/a.png"],
      ["b2", "https://portfolio.example/b.png"],
    ],
  );

  const copy = document.createElement("img");
  copy.setAttribute("src", "a.png");
  const other = document.createElement("img");
  other.setAttribute("src", "c.png");
  document.body.append(copy, other);
  const second = look(registry, document);
  assert.deepEqual(
    second.fresh.map(({ key }) => key),
    ["b3"],
  );
  assert.deepEqual(second.moved, ["b1"]);
  assert.deepEqual(registry.elements("b1"), [document.getElementById("one"), copy]);
  assert.equal(registry.address("b3"), "https://portfolio.example/c.png");
  assert.equal(registry.address("b9"), null);
  const { fresh, moved } = look(registry, document);
  assert.deepEqual({ fresh, moved }, { fresh: [], moved: [] });
  assert.deepEqual(
    registry.all().map(({ key }) => key),
    ["b1", "b2", "b3"],
  );
});

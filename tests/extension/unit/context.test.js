// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { content, page } from "./content.js";

/** @param {string} body @param {string} [selector] the badge's */
function stated(body, selector = "img") {
  const document = page(
    `${body}${body.includes("<img") ? "" : "<img src='a.png'>"}`,
    "https://portfolio.example/mira?session=1#top",
  );
  const element = document.querySelector(selector);
  return content.context.statedIn(document)(element ? [element] : []);
}
const PERSON = "itemscope itemtype='https://schema.org/Person'";
const BADGE = "itemscope itemtype='https://schema.org/EducationalOccupationalCredential'";
const PAGE = "https://portfolio.example/mira"; // without what may tell on the reader

test("a page that states nothing has no context, however much its prose says", () => {
  assert.equal(stated("<h1>Mira Solano</h1><p>mira@portfolio.example</p><img src='a.png' alt='Expert'>"), null);
});

test("the person of microdata, an h-card or JSON-LD is handed on", () => {
  const mira = {
    page: PAGE,
    names: ["Mira Solano"],
    emails: ["mira@portfolio.example"],
    profiles: ["https://social.example/@mira"],
  };
  assert.deepEqual(
    stated(`<div ${PERSON}><h1 itemprop="name"> Mira
      Solano</h1><a itemprop="email" href="mailto:mira@portfolio.example?subject=hi">write</a><a itemprop="sameAs" href="https://social.example/@mira">me</a></div>`),
    mira,
  );
  assert.deepEqual(
    stated(
      '<div class="h-card"><a class="p-name u-url" href="https://social.example/@mira">Mira Solano</a><a class="u-email" href="mailto:mira@portfolio.example">m</a></div>',
    ),
    mira,
  );
  const person = {
    "@type": "Person",
    name: "Mira Solano",
    email: "mailto:mira@portfolio.example",
    sameAs: ["https://social.example/@mira"],
  };
  for (const data of [
    person,
    [person],
    { "@graph": [{ "@type": "WebSite" }, person] },
    { "@type": "ProfilePage", mainEntity: person },
  ]) {
    assert.deepEqual(stated(`<script type="application/ld+json">${JSON.stringify(data)}</script>`), mira);
  }
});

test("an author is not the person that a page is about", () => {
  const article = { "@type": "Article", author: { "@type": "Person", name: "Rita Writer" } };
  assert.equal(stated(`<script type="application/ld+json">${JSON.stringify(article)}</script>`), null);
  assert.equal(
    stated(`<article itemscope><span itemprop="author" ${PERSON}><b itemprop="name">Rita Writer</b></span></article>`),
    null,
  );
  assert.equal(stated('<span class="p-author h-card"><b class="p-name">Rita Writer</b></span>'), null);
});

test("on a page with several people only the card around a badge counts", () => {
  const card = (/** @type {string} */ name, /** @type {string} */ badge) =>
    `<div ${PERSON}><b itemprop="name">${name}</b>${badge}</div>`;
  const two =
    card("Mira Solano", '<img id="hers" src="a.png">') + card("Ben Okoro", "") + '<img id="nobodys" src="b.png">';
  assert.deepEqual(stated(two, "#hers")?.names, ["Mira Solano"]);
  assert.equal(stated(two, "#nobodys"), null);
});

test("the same person stated twice is one person", () => {
  const script = `<script type="application/ld+json">${JSON.stringify({ "@type": "Person", name: "Mira Solano" })}</script>`;
  assert.deepEqual(stated(`<div ${PERSON}><b itemprop="name">Mira Solano</b></div>${script}`)?.names, ["Mira Solano"]);
});

test("a claim is what the badge's own item says, not what an item inside it says", () => {
  const said = stated(`<figure ${BADGE}><img src="a.png"><b itemprop="name">Cloud Professional</b>
    <span itemprop="recognizedBy" itemscope><i itemprop="name">Riverside College</i></span>
    <time itemprop="dateCreated" datetime="2025-03">March</time><meta itemprop="expires" content="2027-01-01"></figure>`);
  assert.deepEqual(said, {
    page: PAGE,
    claims: [{ title: "Cloud Professional", issuer: "Riverside College", issued: "2025-03", expires: "2027-01-01" }],
  });
  assert.deepEqual(
    stated(`<li ${BADGE}><img src="a.png"><i itemprop="recognizedBy">Riverside College</i></li>`)?.claims,
    [{ issuer: "Riverside College" }],
  );
  assert.equal(stated(`<li ${BADGE}><img src="a.png"></li>`), null);
});

test("broken and foreign scripts state nothing", () => {
  assert.equal(stated('<script type="application/ld+json">{"@type": "Person", "name": </script>'), null);
  assert.equal(
    stated(
      `<script type="application/ld+json">${JSON.stringify({ "@type": "Person", name: 7, email: null })}</script>`,
    ),
    null,
  );
  assert.deepEqual(content.context.peopleIn(null), []);
  assert.deepEqual(content.context.peopleIn("Person"), []);
});

for (const [where, quoted] of /** @type {[string, string][]} */ ([
  ["a quotation", '<blockquote><p><img id="badge"></p></blockquote>'],
  ["a quoted mail", '<div class="gmail_quote"><img id="badge"></div>'],
  ["a mail handed on", '<div id="x_divRplyFwdMsg">From: Tom</div><p><img id="badge"></p>'],
])) {
  test(`a badge in ${where} is not taken for the page's own person's`, () => {
    const shown = page(`<div class="h-card"><span class="p-name">Mira Solano</span></div>${quoted}`);
    const badge = /** @type {Element} */ (shown.querySelector("#badge"));
    assert.equal(content.context.statedIn(shown)([badge]), null);
  });
}

test("a quoted person's own card counts, and Badgr's embedded badge is no quotation", () => {
  const quoted = page(
    '<div class="h-card"><i class="p-name">Mira</i></div><blockquote class="h-card"><i class="p-name">Tom</i><img></blockquote>',
  );
  const badge = /** @type {Element} */ (quoted.querySelector("img"));
  assert.deepEqual(content.context.statedIn(quoted)([badge])?.names, ["Tom"]);
  const embedded = page('<div class="h-card"><i class="p-name">Mira</i></div><blockquote class="badgr-badge"><img></blockquote>');
  const own = /** @type {Element} */ (embedded.querySelector("img"));
  assert.deepEqual(content.context.statedIn(embedded)([own])?.names, ["Mira"]);
});

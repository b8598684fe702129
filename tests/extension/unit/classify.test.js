// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { content } from "./content.js";

const BASE = "https://portfolio.example/mira";
const UUID = "01b2c3d4-0000-4000-8000-000000000001";
const HEX32 = "0123456789abcdef0123456789abcdef";
const ID22 = "a1b2C3d4E5f6G7h8I9j0Kl";

/** @type {[provider: string, address: string][]} */
const AWARDS = [
  ["credly", `https://www.credly.com/badges/${UUID}`],
  ["credly", `https://credly.com/badges/${UUID}/public_url`],
  ["credly", `https://www.youracclaim.com/badges/${UUID}/linked_in_profile`],
  ["credly", `https://www.credly.com/embedded_badge/${UUID}`],
  ["credly", `https://api.credly.com/v1/obi/v2/badge_assertions/${UUID}`],
  ["microsoft", "https://learn.microsoft.com/api/credentials/share/en-us/MiraSolano/A1B2C3D4E5F60718"],
  ["microsoft", "https://learn.microsoft.com/en-us/users/mira/credentials/a1b2c3d4e5f60718"],
  ["microsoft", "https://learn.microsoft.com/en-us/users/mira/transcript/v0abcdefgh12345"],
  ["linkedin", `https://www.linkedin.com/learning/certificates/${HEX32}${HEX32}`],
  ["google", `https://www.skills.google/public_profiles/${UUID}/badges/17022418`],
  ["google", `https://www.cloudskillsboost.google/public_profiles/${UUID}/badges/1`],
  ["adobe", `https://certification.adobe.com/credential/verify/${UUID}`],
  ["accredible", `https://www.credential.net/${UUID}`],
  ["accredible", `https://www.credential.net/embed/${UUID}`],
  ["accredible", "https://www.credential.net/48686379"],
  ["badgr", `https://api.badgr.io/public/assertions/${ID22}`],
  ["badgr", `https://eu.badgr.com/public/assertions/${ID22}`],
  ["badgr", `https://college.badges.parchment.com/public/assertions/${ID22}/image`],
  ["coursera", "https://www.coursera.org/verify/specialization/ABCD1234EFGH"],
  ["coursera", "https://www.coursera.org/account/accomplishments/records/ABCD1234EFGH"],
  ["edx", `https://courses.edx.org/certificates/${HEX32}`],
  ["udemy", `https://ude.my/UC-${UUID}`],
  ["cisco-netacad", `https://www.netacad.com/certificates?issuanceId=${UUID}`],
  ["certifier", `https://www.credsverse.com/credentials/${UUID}`],
  ["sertifier", "https://verified.sertifier.com/en/verify/12345678901234"],
  ["badgecert", "https://bcert.me/sabcdefgh"],
  ["open-badge-passport", "https://openbadgepassport.com/app/badge/info/123456"],
  ["trailhead", "https://trailhead.salesforce.com/credentials/certification-detail-print?searchString=mira"],
  ["skilljar", "https://verify.skilljar.com/c/abcdef123456"],
  ["verifierplus", `https://verifierplus.org/credentials/${UUID}`],
  ["moodle", `https://moodle.college.example/badges/badge.php?hash=${HEX32}01234567`],
];

for (const [provider, address] of AWARDS) {
  test(`${address} is an award of ${provider}`, () => {
    const { same, ...found } = content.classify.link(address, BASE) ?? {};
    assert.deepEqual(found, { provider, kind: "award", url: address });
    assert.ok(same?.startsWith("https://"));
  });
}

test("every platform that has awards is in the table above", () => {
  const withAwards = content.platforms.filter(({ kind }) => kind === "award").map(({ provider }) => provider);
  assert.deepEqual([...new Set(withAwards)].sort(), [...new Set(AWARDS.map(([provider]) => provider))].sort());
});

for (const address of [
  `https://www.credly.com.evil.example/badges/${UUID}`,
  `https://evilcredly.com/badges/${UUID}`,
  `https://evil.example/?u=https://www.credly.com/badges/${UUID}`,
  `https://www.credly.com@evil.example/badges/${UUID}`,
  `https://www.credly.com:8443/badges/${UUID}`,
  "https://www.credly.com/badges/not-a-uuid",
  "https://www.credly.com/users/mira/badges",
  "https://www.credly.com/org/some-college/badge/some-badge",
  `https://api.badgr.io/public/badges/${ID22}`,
  `https://badges.parchment.com.evil.example/public/assertions/${ID22}`,
  "https://learn.microsoft.com/en-us/credentials/certifications/azure-fundamentals/",
  "https://moodle.college.example/badges/badge.php?id=3",
  "https://images.credly.com/images/01b2c3d4-0000-4000-8000-000000000001/image.png",
  "javascript:alert('credly.com/badges')",
  "mailto:badges@college.example",
  "#badges",
  `https://www.credly.com/badges/${UUID}?${"a".repeat(9000)}`,
  "https://[credly.com",
]) {
  test(`${address.slice(0, 80)} is no award's link`, () => {
    assert.equal(content.classify.link(address, BASE), null);
  });
}

test("an address that names itself a badge's data is a document, on any host, also relative", () => {
  assert.deepEqual(content.classify.link("assertions/badge-7.json?v=2#top", BASE), {
    provider: null,
    kind: "document",
    url: "https://portfolio.example/assertions/badge-7.json?v=2",
  });
  assert.equal(content.classify.link("/data/weather.json", BASE), null);
});

test("a badge that a Touchstone shares is a document; no other secret link of anybody's is", () => {
  const secret = "Ab-_".repeat(10) + "xyz";
  const shared = `https://home.example/s/${secret}/badge`;
  const wrapped = `https://www.google.com/url?q=${encodeURIComponent(shared)}&source=gmail`;
  for (const address of [shared, wrapped]) {
    assert.deepEqual(content.classify.link(address, BASE), { provider: null, kind: "document", url: shared });
  }
  const others = [secret, `${secret}/badges`, `${secret}/1/badge`, `${secret}/badge/x`, `${secret}a/badge`, `${secret.slice(1)}/badge`];
  for (const path of others) assert.equal(content.classify.link(`https://home.example/s/${path}`, BASE), null, path);
  assert.equal(content.classify.link(`https://home.example/x/s/${secret}/badge`, BASE), null);
});

/** @type {[string, string | null][]} */
const WRAPPED = [
  [
    `https://nam10.safelinks.protection.outlook.com/?url=https%3A%2F%2Fwww.credly.com%2Fbadges%2F${UUID}&data=05%7C02%7Cmira%40portfolio.example%7C`,
    `https://www.credly.com/badges/${UUID}`,
  ],
  [
    `https://www.linkedin.com/safety/go/?url=https%3A%2F%2Fwww%2Ecredly%2Ecom%2Fbadges%2F${UUID}&urlhash=AbCd`,
    `https://www.credly.com/badges/${UUID}`,
  ],
  [
    `https://www.linkedin.com/profile/add?startTask=CERTIFICATION_NAME&certUrl=https%3A%2F%2Fwww.credly.com%2Fbadges%2F${UUID}`,
    `https://www.credly.com/badges/${UUID}`,
  ],
  [
    `https://badgecheck.io/?url=https%3A%2F%2Fapi.badgr.io%2Fpublic%2Fassertions%2F${ID22}&identity__email=mira%40portfolio.example`,
    `https://api.badgr.io/public/assertions/${ID22}`,
  ],
  [
    `https://nam10.safelinks.protection.outlook.com/?url=https%3A%2F%2Fwww.google.com%2Furl%3Fq%3Dhttps%253A%252F%252Fwww.credential.net%252F${UUID}`,
    `https://www.credential.net/${UUID}`,
  ],
  [`https://www.google.com/url?q=javascript:alert(1)&source=gmail`, null],
  [`https://safelinks.protection.outlook.com.evil.example/?url=https%3A%2F%2Fwww.credly.com%2Fbadges%2F${UUID}`, null],
  [`https://www.linkedin.com/safety/go/`, null],
  [`https://urldefense.proofpoint.com/v2/url?u=https-3A__www.credly.com_badges_${UUID.replaceAll("-", "-2D")}&d=x`, `https://www.credly.com/badges/${UUID}`],
  [`https://urldefense.proofpoint.com/v2/url?u=-ZZ&d=x`, null],
  [`https://urldefense.com/v3/__https://www.credly.com/badges/${UUID}__;!!x`, `https://www.credly.com/badges/${UUID}`],
  [`https://www.google.com/url?q=https://www.credly.com/badges/${UUID}&q=https://evil.example/`, null],
];
for (const [wrapped, inside] of WRAPPED) {
  test(`${wrapped.slice(0, 60)}… leads to ${inside}`, () => {
    assert.equal(content.classify.link(wrapped, BASE)?.url ?? null, inside);
  });
}

test("wrappers in wrappers come to an end", () => {
  let address = `https://www.credly.com/badges/${UUID}`;
  for (let depth = 0; depth < 7; depth++) address = `https://www.google.com/url?q=${encodeURIComponent(address)}`;
  assert.equal(content.classify.link(address, BASE), null);
});

test("what tells on the reader or the learner is taken off", () => {
  for (const [given, left] of [
    [
      `https://www.credly.com/badges/${UUID}?source=linked_in_profile&utm_medium=x&trk=y#me`,
      `https://www.credly.com/badges/${UUID}`,
    ],
    [
      `https://badgr.com/public/assertions/${ID22}?identity__email=mira%40portfolio.example&v=2_0`,
      `https://badgr.com/public/assertions/${ID22}?v=2_0`,
    ],
    [
      `https://certification.adobe.com/credential/verify/${UUID}/mira@portfolio.example`,
      `https://certification.adobe.com/credential/verify/${UUID}`,
    ],
  ]) {
    assert.equal(content.classify.link(given ?? "", BASE)?.url, left);
  }
});

test("a picture is asked about unless its kind can hold no badge", () => {
  const kinds = Object.fromEntries(
    [
      "badge.png",
      "badge.svg?v=3",
      "picture",
      "/_next/image?url=%2Fa.png",
      "photo.jpg",
      "photo.JPEG",
      "a.webp",
      "a.gif",
      "fav.ico",
    ].map((src) => [src, content.classify.image(src, BASE)?.kind ?? null]),
  );
  assert.deepEqual(kinds, {
    "badge.png": "image",
    "badge.svg?v=3": "image",
    picture: "image",
    "/_next/image?url=%2Fa.png": "image",
    "photo.jpg": null,
    "photo.JPEG": null,
    "a.webp": null,
    "a.gif": null,
    "fav.ico": null,
  });
});

test("a platform's own pictures are asked about, and an earner's photo beside them is not", () => {
  const picture = content.classify.image(`https://images.credly.com/images/${UUID}/blob.webp`, BASE);
  assert.deepEqual([picture?.provider, picture?.kind], ["credly", "picture"]);
  assert.equal(content.classify.image(`https://images.credly.com/images/${UUID}/blob.jpeg`, BASE), null);
});

test("pictures in the page's own text go as they are, but only kinds that can be baked", () => {
  assert.equal(content.classify.image("data:image/png;base64,AAAA", BASE)?.url, "data:image/png;base64,AAAA");
  assert.equal(content.classify.image("data:image/svg+xml,%3Csvg/%3E", BASE)?.kind, "image");
  assert.equal(content.classify.image("data:image/gif;base64,AAAA", BASE), null);
  assert.equal(content.classify.image("blob:https://portfolio.example/1", BASE), null);
});

test("a mail proxy's picture is asked for at its original address", () => {
  const proxy = "https://ci3.googleusercontent.com/meips/ADKq_Nb=s0-d-e1-ft";
  assert.equal(
    content.classify.image(`${proxy}#https://college.example/badge.png`, BASE)?.url,
    "https://college.example/badge.png",
  );
  assert.equal(content.classify.image(proxy, BASE), null);
  assert.equal(content.classify.image(`${proxy}#javascript:alert(1)`, BASE), null);
  assert.equal(
    content.classify.image("https://evil.example/x.png#https://college.example/badge.png", BASE)?.url,
    "https://evil.example/x.png",
  );
});

test("nothing is inserted into LinkedIn's pages, and a look-alike is not taken for it", () => {
  const at = (/** @type {string} */ host) => content.sites.at(new URL(`https://${host}/`));
  assert.deepEqual(["www.linkedin.com", "linkedin.com"].map((host) => at(host).marks), [false, false]);
  assert.deepEqual(["notlinkedin.com", "linkedin.com.example"].map((host) => at(host).name), ["any", "any"]);
});

test("an award's many addresses are told to be one, and different awards are not", () => {
  const same = (/** @type {string} */ address) => content.classify.link(address, BASE)?.same;
  const other = UUID.replace(/1$/, "2");
  for (const end of ["", "/public_url", "/linked_in_profile", "?source=x"]) {
    assert.equal(same(`https://www.credly.com/badges/${UUID.toUpperCase()}${end}`), `https://www.credly.com/badges/${UUID}`);
  }
  assert.equal(same(`https://www.credly.com/embedded_badge/${UUID}`), `https://www.credly.com/badges/${UUID}`);
  assert.notEqual(same(`https://www.credly.com/badges/${other}`), same(`https://www.credly.com/badges/${UUID}`));
  const skills = (/** @type {number} */ number) => same(`https://www.skills.google/public_profiles/${UUID}/badges/${number}`);
  assert.notEqual(skills(1), skills(2));
});

test("of a picture that a site's own server makes smaller, the whole one is asked about", () => {
  const whole = (/** @type {string} */ address) => content.classify.image(address, BASE)?.url;
  assert.equal(whole("/_next/image?url=%2Fbadges%2Fa.png&w=640&q=75"), "https://portfolio.example/badges/a.png");
  assert.equal(whole("/_next/image?url=https%3A%2F%2Fcollege.example%2Fa.png&w=640"), "https://college.example/a.png");
  assert.equal(whole("/_ipx/w_200/badges/a.png"), "https://portfolio.example/badges/a.png");
});

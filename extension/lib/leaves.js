// @ts-check
// All that leaves the browser: each request that `background/api.js` makes, and every member of what it carries. The
// privacy page and PRIVACY.md show this list, and a recorded run in a real browser is held against it.

const CONTEXT = ["page", "names[]", "emails[]", "profiles[]"].concat(
  ["title", "issuer", "issued", "expires", "id", "image"].map((name) => `claims[].${name}`),
);
const ONE = ["url", "bytes", "credential", ...CONTEXT.map((name) => `context.${name}`)];

/** @type {{name: string, request: string, members: string[]}[]} `[]` is each entry of a list */
export const LEAVES = [
  { name: "health", request: "GET /api/health", members: [] },
  { name: "pair", request: "POST /api/pair", members: ["nonce", "code"] },
  { name: "paired", request: "GET /api/paired", members: [] },
  { name: "batch", request: "POST /api/verify/batch", members: ONE.map((name) => `items[].${name}`) },
  { name: "seen", request: "POST /api/verify", members: ["html", ...ONE].filter((name) => !/^(bytes|credential)$/.test(name)) },
  { name: "save", request: "POST /api/wallet/credentials", members: ["html", ...ONE] },
  { name: "compare", request: "POST /api/wallet/doctor", members: ["page", ...ONE.map((name) => `items[].${name}`)] },
  { name: "open", request: "POST /api/wallet/open", members: [] },
];

/** What our requests carry beside the headers that the browser gives every request of every program. */
export const HEADERS = ["Authorization", "Content-Type", "Cache-Control", "X-Touchstone-Api"];

// @ts-check
// Of addresses on any host: which say of themselves that they are a badge's data, which parts tell on people, and where
// the true address of a picture stands when somebody serves a copy of it.
{
  // An address on any host that says of itself that it is a badge's data, or a badge that a Touchstone shares.
  Touchstone.documentPath = /(?:(?:badge|assertion|credential)[^?#]*\.json(?:ld)?|^\/s\/[\w-]{43}\/badge)$/i;

  // What says where a reader came from, or who the learner is, and nothing about the award.
  Touchstone.needless = /^(?:utm_\w+|urlhash|trk|lipi|mt|isSdui|messageThreadUrn|source|identity__\w+|embed\w+)$/;

  // Attributes in which a site that copies pictures keeps the true address, and the only hosts where they count: a page
  // of anybody else's could name a good badge there and show another.
  Touchstone.originals = [
    { attribute: "data-canonical-src", copies: /^https:\/\/camo\.githubusercontent\.com\// },
    { attribute: "originalsrc", copies: /^https:\/\/(?:[\w-]+\.)*(?:office\.net|office\.com|outlook\.com|live\.com)\// },
  ];

  // Where pages keep a picture's address until it is scrolled to.
  Touchstone.lazy = ["data-src", "data-lazy-src", "data-original", "data-delayed-url"];

  // Paths on which a site's own server hands out smaller copies, without the badge in them; the parameter names the whole.
  Touchstone.resizers = [
    { path: /^\/(?:_next\/image|_vercel\/image|_image)$/, parameters: ["url", "href"] },
    { path: /^\/_ipx\/[^/]*\/(?<target>.+)$/, parameters: [] },
  ];
}

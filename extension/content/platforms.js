// @ts-check
// Where awards live: exact hosts and the paths on them that name one award, as data. A host or path that is not listed
// here is not a platform's, however much it looks like one. The verifier decides what an address really is; this list
// only saves it from being asked about every link of a page.
{
  const UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";
  const ID22 = "[\\w-]{22}";
  /** @param {...string} paths */
  const paths = (...paths) => new RegExp(`^(?:${paths.join("|")})$`, "i");
  /** @param {string} host @param {...string} subs */
  const on = (host, ...subs) => [host, ...subs.map((sub) => `${sub}.${host}`)];

  const GOOGLE_HOSTS = [
    "partner.cloudskillsboost.google",
    ...on("skills.google", "www"),
    ...on("cloudskillsboost.google", "www"),
    ...on("qwiklabs.com", "www", "google"),
  ];

  /** @type {Platform[]} */
  const platforms = [
    {
      provider: "credly",
      hosts: [...on("credly.com", "www", "api"), ...on("youracclaim.com", "www", "api")],
      award: paths(
        `/badges/${UUID}(?:/.*)?`,
        `/embedded_badge/${UUID}`,
        `/(?:api/)?v1/obi/v2/badge_assertions/${UUID}`,
        `/earner/earned/(?:badge|share)/${UUID}`,
        `/api/v1/obi/v3/open_badge_credentials/${UUID}`,
      ),
    },
    {
      provider: "credly",
      hosts: ["images.credly.com", "cdn.youracclaim.com", "images.youracclaim.com"],
      picture: paths(`/(?:size/\\d+x\\d+/)?images/${UUID}/.+`),
    },
    {
      provider: "microsoft",
      hosts: ["learn.microsoft.com", "docs.microsoft.com"],
      award: paths(
        "/api/credentials/share/[\\w-]+/[^/]+/[0-9a-f]{16}",
        "/[\\w-]+/users/[^/]+/credentials/(?:certification/[\\w-]+|[0-9a-f]{16})",
        "/api/achievements/share/[\\w-]+/[^/]+/\\w{8}",
        "/[\\w-]+/users/[^/]+/transcript/[^/]+",
      ),
      picture: paths(
        "/(?:[\\w-]+/)?(?:learn|training)/achievements/.+",
        "/(?:[\\w-]+/)?media/learn/(?:certification|credential)/badges/.+",
      ),
    },
    {
      provider: "linkedin",
      hosts: on("linkedin.com", "www"),
      award: paths("/learning/certificates/[0-9a-f]{62,64}"),
    },
    {
      provider: "google",
      hosts: GOOGLE_HOSTS,
      award: paths(`/public_profiles/${UUID}/badges/\\d+`),
    },
    { provider: "google", hosts: ["cdn.qwiklabs.com"], picture: paths("/[^/]{40,}") },
    {
      provider: "adobe",
      hosts: ["certification.adobe.com"],
      award: paths(`/credential/verify/${UUID}(?:/[^/]+)?`),
    },
    {
      provider: "accredible",
      hosts: [
        ...on("credential.net", "www", "eu", "sandbox", "skillshop"),
        ...on("accredible.com", "google", "edu.google"),
        "credentials.databricks.com",
        "achieve.snowflake.com",
        "certified.elastic.co",
        "credentials.nus.edu.sg",
        "skillsoft.digitalbadges.skillsoft.com",
      ],
      award: paths(`/(?:embed/)?${UUID}`, "/(?:embed/)?\\d{6,}", "/[a-z]{8}"),
    },
    {
      provider: "accredible",
      hosts: ["api.accredible.com", "eu.api.accredible.com"],
      award: paths(
        `/v1/(?:credential-net/)?credentials/${UUID}`,
        `/v1/obi/badge_assertions/${UUID}`,
        "/v1/frontend/credential_website_embed_image/(?:badge|certificate)/\\d+",
        "/v1/frontend/credential_badge_image/\\d+",
      ),
    },
    {
      provider: "badgr",
      hosts: [
        ...on("badgr.io", "api", "api.eu", "api.ca", "api.au"),
        ...on("badgr.com", "eu", "ca", "au"),
        ...on("badges.parchment.com", "*"),
      ],
      award: paths(`/public/assertions/${ID22}(?:\\.json|/image|/baked)?`),
    },
    {
      provider: "coursera",
      hosts: on("coursera.org", "www"),
      award: paths(
        "/verify/(?:[\\w-]+/)?[a-z0-9]{12}",
        "/account/accomplishments/(?:[\\w-]+/){0,2}[a-z0-9]{12}",
        "/share/[0-9a-f]{32}",
      ),
    },
    {
      provider: "edx",
      hosts: ["courses.edx.org", "credentials.edx.org"],
      award: paths("/(?:certificates|credentials)/[0-9a-f]{32}"),
    },
    { provider: "udemy", hosts: on("udemy.com", "www"), award: paths(`/certificate/UC-${UUID}`) },
    { provider: "udemy", hosts: ["ude.my"], award: paths(`/UC-${UUID}`) },
    {
      provider: "udemy",
      hosts: ["udemy-certificate.s3.amazonaws.com"],
      award: paths(`/(?:image|pdf)/UC-${UUID}\\.(?:jpg|pdf)`),
    },
    {
      provider: "cisco",
      hosts: on("netacad.com", "www"),
      award: paths("/certificates"),
      query: new RegExp(`[?&]issuanceId=${UUID}(?:&|$)`, "i"),
    },
    { provider: "certifier", hosts: on("credsverse.com", "www"), award: paths(`/credentials/${UUID}`) },
    { provider: "sertifier", hosts: ["verified.sertifier.com"], award: paths("/(?:en|tr)/verify/\\d{14}") },
    { provider: "badgecert", hosts: ["bcert.me"], award: paths("/[a-z]{6,}", "/bc/html/show-badge\\.html") },
    {
      provider: "openbadgepassport",
      hosts: ["openbadgepassport.com"],
      award: paths("/app/badge/info/\\d+(?:/pic/embed)?"),
      picture: paths("/file/(?:\\w/){4}[0-9a-f]{64}\\.(?:png|svg)"),
    },
    { provider: "skilljar", hosts: ["verify.skilljar.com"], award: paths("/c/\\w+") },
    { provider: "verifierplus", hosts: on("verifierplus.org", "www"), award: paths("/credentials/[^/]+") },
    {
      provider: "moodle",
      hosts: ["*"],
      award: paths("(?:/[\\w.-]+)*/badges/(?:badge|assertion)\\.php"),
      query: /[?&](?:hash|b)=[0-9a-f]{40}(?:&|$)/i,
    },
  ];
  Touchstone.platforms = platforms;

  // An address on any host that says of itself that it is a badge's data.
  Touchstone.documentPath = /(?:badge|assertion|credential)[^?#]*\.json(?:ld)?$/i;

  // Other people's words between a reader and an award: the true address is in the named part of these. Only on exactly
  // these hosts; what comes out must be http(s) again, and is classified like any other address.
  /** @type {Wrapper[]} */
  Touchstone.wrappers = [
    { host: /^[\w-]+\.safelinks\.protection\.outlook\.com$/, path: /^\//, parameter: "url" },
    { host: /^www\.google\.com$/, path: /^\/url$/, parameter: "q" },
    { host: /^(?:www\.)?linkedin\.com$/, path: /^\/safety\/go\/?$/, parameter: "url" },
    { host: /^(?:www\.)?linkedin\.com$/, path: /^\/redir\/redirect\/?$/, parameter: "url" },
    { host: /^(?:www\.)?linkedin\.com$/, path: /^\/profile\/add\/?$/, parameter: "certUrl" },
    { host: /^(?:www\.)?badgecheck\.io$/, path: /^\/$/, parameter: "url" },
    { host: /^ci\d+\.googleusercontent\.com$/, path: /^\/(?:meips|proxy)\//, parameter: "#" },
  ];

  // What says where a reader came from, or who the learner is, and nothing about the award.
  Touchstone.needless = /^(?:utm_\w+|urlhash|trk|lipi|mt|isSdui|messageThreadUrn|source|identity__\w+|embed\w+)$/;

  // Sites whose terms forbid inserting anything into their pages: found badges show in the popup alone.
  Touchstone.unmarked = /(?:^|\.)linkedin\.com$/;
}

// @ts-check
// Months and years as people write them, in the languages that profiles are shown in. The names of the months are the
// browser's own.
{
  const LANGUAGES =
    "en de es fr it pt nl pl tr sv da nb fi cs sk hu ro bg hr sl uk ru el he ar fa hi id ms vi th ja zh ko".split(" ");
  const MOST = 6;

  /** @param {string} text */
  const fold = (text) =>
    text
      .normalize("NFKD")
      .replace(/\p{M}+/gu, "")
      .replace(/[\u0660-\u0669]/g, (digit) => String(digit.charCodeAt(0) - 0x660))
      .replace(/[\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) - 0x6f0))
      .toLowerCase();

  /** @param {string} language @returns {Map<string, number>} */
  function monthsOf(language) {
    /** @type {Map<string, number>} */
    const names = new Map();
    for (const month of ["long", "short"]) {
      for (const day of [undefined, "numeric"]) {
        const options = /** @type {Intl.DateTimeFormatOptions} */ ({ month, day, calendar: "gregory", timeZone: "UTC" });
        const format = new Intl.DateTimeFormat(language, options);
        for (let number = 0; number < 12; number++) {
          const parts = format.formatToParts(new Date(Date.UTC(2024, number, 15)));
          const name = fold(parts.find(({ type }) => type === "month")?.value ?? "").replace(/\.$/, "");
          if (/\p{L}/u.test(name)) names.set(name, number + 1);
        }
      }
    }
    return names;
  }

  /** @type {Map<string, Map<string, number>>} */
  const known = new Map();
  /** @param {string} language @returns {Map<string, number>} of that language first; of the others, what is a month in one sense only */
  function monthsFor(language) {
    const own = LANGUAGES.includes(language) ? language : "en";
    const before = known.get(own);
    if (before) return before;
    /** @type {Map<string, number>} */
    const names = new Map();
    const unclear = new Set();
    for (const one of LANGUAGES) {
      for (const [name, number] of monthsOf(one)) {
        if ((names.get(name) ?? number) !== number) unclear.add(name);
        names.set(name, number);
      }
    }
    for (const name of unclear) names.delete(name);
    for (const [name, number] of monthsOf(own)) names.set(name, number);
    known.set(own, names);
    return names;
  }

  /**
   * @param {string} text
   * @param {string} language of the page, as it says itself
   * @returns {string[]} the months in it as `YYYY-MM`, in its order
   */
  function monthsIn(text, language) {
    const folded = fold(text.slice(0, 2000));
    const found = [];
    const months = monthsFor(language.slice(0, 2).toLowerCase());
    const pattern =
      /(?<!\d)(?<y1>(?:19|20)\d\d)\s*[\u5e74\ub144]\s*(?<m1>\d{1,2})|(?<name>\p{L}[\p{L}']*)\.?(?:\s+(?:de|del|d'|of|di|r\.?))?[\s,]+(?<y2>(?:19|20)\d\d)(?!\d)|(?<!\d)(?<m3>0?[1-9]|1[0-2])[./](?<y3>(?:19|20)\d\d)(?!\d)/gu;
    for (const { groups = {} } of folded.matchAll(pattern)) {
      const name = groups["name"]?.replace(/\.$/, "");
      const month = name === undefined ? Number(groups["m1"] ?? groups["m3"]) : months.get(name);
      const year = groups["y1"] ?? groups["y2"] ?? groups["y3"];
      if (month && month <= 12 && found.length < MOST) found.push(`${year}-${String(month).padStart(2, "0")}`);
    }
    return found;
  }

  Touchstone.dates = { monthsIn, fold };
}

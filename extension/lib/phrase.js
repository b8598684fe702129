// @ts-check
// The owner's phrase, and the pattern that goes with it. Our own pages show both; a page that imitates one of them can
// know neither, since it can read nothing of ours.

import { WORDS } from "./words.js";

/** The longest phrase that is kept. */
export const MOST_LETTERS = 60;
const TONES = ["green", "blue", "amber", "red", "accent", "ink"];
/** @type {((x: number, y: number) => ShapePart)[]} each in a field of 12 by 12 */
const FIGURES = [
  (x, y) => ["circle", { cx: `${x + 6}`, cy: `${y + 6}`, r: "4.5" }],
  (x, y) => ["rect", { x: `${x + 2}`, y: `${y + 2}`, width: "8", height: "8" }],
  (x, y) => ["path", { d: `M${x + 6} ${y + 1}l5 9.5h-10z` }],
  (x, y) => ["path", { d: `M${x + 6} ${y + 1}l5 5-5 5-5-5z` }],
  (x, y) => ["path", { d: `M${x + 4.5} ${y + 1}h3v3.5h3.5v3h-3.5v3.5h-3v-3.5h-3.5v-3h3.5z` }],
  (x, y) => ["path", { d: `M${x + 1.5} ${y + 3}a4.5 4.5 0 0 0 9 0z` }],
];

/** @returns {string} three words, each chosen at random from 256 */
export const newPhrase = () => [...crypto.getRandomValues(new Uint8Array(3))].map((byte) => WORDS[byte]).join(" ");

/**
 * Four figures in a row of 48 by 12, each with its tone: another phrase has, nearly always, another row. Capitals and
 * blanks around do not count.
 * @param {string} phrase
 * @returns {{part: ShapePart, tone: string, figure: number}[]} the tone is a colour of look.css
 */
export function patternOf(phrase) {
  let state = 0x811c9dc5; // FNV-1a: it need not be secret, only spread
  for (const unit of new TextEncoder().encode(phrase.trim().toLowerCase())) {
    state = Math.imul(state ^ unit, 0x01000193) >>> 0;
  }
  return [0, 12, 24, 36].map((x) => {
    state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) >>> 0;
    state = (state ^ (state >>> 13)) >>> 0;
    const figure = state % FIGURES.length;
    const tone = TONES[Math.floor(state / FIGURES.length) % TONES.length] ?? "ink";
    const draw = /** @type {(x: number, y: number) => ShapePart} */ (FIGURES[figure]);
    return { part: draw(x, 0), tone, figure };
  });
}

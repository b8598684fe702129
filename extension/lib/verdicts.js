// @ts-check
// The twelve verdicts: what each looks like. Words are in _locales under `verdict_<name>`; shape, word and colour
// always go together. A shape is a frame, filled or drawn, with a glyph in it, on a 24 by 24 grid; filled frames
// carry their glyph in the colour of the paper below.

/** @typedef {"disc" | "ring" | "dashed" | "octagon"} Frame */
/** @typedef {"green" | "blue" | "amber" | "red" | "grey"} Tone */

/** Colours for words and shapes, at least 4.5 : 1 on the paper of their theme. */
export const TONES = /** @type {const} */ ({
  green: { light: "#12703f", dark: "#6bd6a0" },
  blue: { light: "#1d5bb8", dark: "#8cb8ff" },
  amber: { light: "#8a5200", dark: "#ffc670" },
  red: { light: "#b3231b", dark: "#ff9d94" },
  grey: { light: "#5a5f66", dark: "#b6bcc4" },
});

export const PAPER = /** @type {const} */ ({ light: "#ffffff", dark: "#1b1d21" });

const CHECK = "M7.4 12.5l3.1 3.1 6.2-6.8";
const QUESTION = "M9.3 9.5a2.75 2.75 0 1 1 4.2 2.3c-.9.6-1.5 1-1.5 2.1M12 16.9v.01";
const CLOCK = "M12 6.8V12l3.4 2.1";

/** @type {Record<Verdict, {tone: Tone, frame: Frame, glyph: string, solid?: string}>} */
export const VERDICTS = {
  verified: { tone: "green", frame: "disc", glyph: CHECK },
  holder_unproven: {
    tone: "blue",
    frame: "ring",
    glyph:
      "M5.9 16.4c.3-2.5 1.5-3.7 3.3-3.7s3 1.2 3.3 3.7M14 9.2a1.9 1.9 0 1 1 2.8 1.7c-.6.4-.9.7-.9 1.4M15.9 14.9v.01",
    solid: "M9.2 7.1a2 2 0 1 1 0 4 2 2 0 0 1 0-4z",
  },
  unvouched: { tone: "blue", frame: "ring", glyph: CHECK },
  overstated: { tone: "amber", frame: "disc", glyph: "M6.6 9.6h10.8M6.6 14.4h5.2" },
  not_yet_valid: { tone: "amber", frame: "ring", glyph: CLOCK },
  expired: { tone: "amber", frame: "disc", glyph: CLOCK },
  suspended: { tone: "amber", frame: "disc", glyph: "M9.6 8.2v7.6M14.4 8.2v7.6" },
  not_theirs: {
    tone: "red",
    frame: "octagon",
    glyph: "M5.6 16.2c.2-2.4 1.3-3.5 2.9-3.5s2.7 1.1 2.9 3.5M12.6 16.2c.2-2.4 1.3-3.5 2.9-3.5s2.7 1.1 2.9 3.5",
    solid: "M8.5 7.2a1.9 1.9 0 1 1 0 3.8 1.9 1.9 0 0 1 0-3.8zM15.5 7.2a1.9 1.9 0 1 1 0 3.8 1.9 1.9 0 0 1 0-3.8z",
  },
  impostor: {
    tone: "red",
    frame: "octagon",
    glyph: "",
    solid:
      "M4.9 9.2c2.4-1.1 4.8-.6 7.1.6 2.3-1.2 4.7-1.7 7.1-.6.3 4.3-1.5 6.6-3.9 6.6-1.5 0-2.2-1.2-3.2-1.2s-1.7 1.2-3.2 1.2c-2.4 0-4.2-2.3-3.9-6.6zM7.2 11.6c.9 1.5 2.4 1.7 3.4.9-.7-1.2-2.1-1.6-3.4-.9zM16.8 11.6c-.9 1.5-2.4 1.7-3.4.9.7-1.2 2.1-1.6 3.4-.9z",
  },
  revoked: { tone: "red", frame: "octagon", glyph: "M7.2 12h9.6" },
  invalid: { tone: "red", frame: "octagon", glyph: "M8.5 8.5l7 7M15.5 8.5l-7 7" },
  unknown: { tone: "grey", frame: "dashed", glyph: QUESTION },
};

/** Whether a string the server sent names a verdict. @param {string} word @returns {word is Verdict} */
export const isVerdict = (word) => Object.hasOwn(VERDICTS, word);

/** @type {Record<Frame, ShapePart>} */
const FRAMES = {
  disc: ["circle", { cx: "12", cy: "12", r: "10", fill: "currentColor" }],
  ring: ["circle", { cx: "12", cy: "12", r: "9.1", fill: "none", stroke: "currentColor", "stroke-width": "1.8" }],
  dashed: [
    "circle",
    {
      cx: "12",
      cy: "12",
      r: "9.1",
      fill: "none",
      stroke: "currentColor",
      "stroke-width": "1.8",
      "stroke-dasharray": "3.6 2.12",
    },
  ],
  octagon: ["path", { d: "M7.9 2.2h8.2l5.7 5.7v8.2l-5.7 5.7H7.9l-5.7-5.7V7.9z", fill: "currentColor" }],
};

/**
 * @param {{frame: Frame, glyph: string, solid?: string}} look
 * @returns {ShapePart[]} SVG elements for a 24 by 24 view box, drawn in `currentColor` on `--paper`
 */
export function shapeOf({ frame, glyph, solid }) {
  const filled = frame === "disc" || frame === "octagon";
  const colour = filled ? "var(--paper)" : "currentColor";
  /** @type {ShapePart[]} */
  const parts = [FRAMES[frame]];
  if (solid) parts.push(["path", { d: solid, fill: colour, "fill-rule": "evenodd" }]);
  if (glyph) {
    const stroke = { stroke: colour, "stroke-width": "2", "stroke-linecap": "round", "stroke-linejoin": "round" };
    parts.push(["path", { d: glyph, fill: "none", ...stroke }]);
  }
  return parts;
}

// @ts-check
// The few pictures on buttons, on the same 24 by 24 grid as the verdicts.

/** @param {string} d @returns {ShapePart[]} */
const line = (d) => [
  [
    "path",
    {
      d,
      fill: "none",
      stroke: "currentColor",
      "stroke-width": "2",
      "stroke-linecap": "round",
      "stroke-linejoin": "round",
    },
  ],
];

export const ICONS = {
  again: line("M19.5 12a7.5 7.5 0 1 1-2.2-5.3M19.5 4v4h-4"),
  beside: line("M4 5.5h16v13H4zM14 5.5v13"),
  drop: line("M12 4v10M8 10.5l4 4 4-4M5 19h14"),
  back: line("M14.5 6l-6 6 6 6"),
  forward: line("M9.5 6l6 6-6 6"),
  settings: line("M4 7h9M17 7h3M15 5v4M4 12h3M11 12h9M9 10v4M4 17h9M17 17h3M15 15v4"),
};

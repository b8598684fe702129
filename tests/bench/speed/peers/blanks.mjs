const OTHERS = 20;

/** The number in blanks and tabs, as looped.py's `blanks`: bytes that mean nothing, and others for each. */
export const blanks = number => (number % 2 ** OTHERS).toString(2).padStart(OTHERS, '0')
  .replaceAll('0', ' ').replaceAll('1', '\t');

// @ts-check
// What is left alone: parts of addresses that tell on people, and sites that want nothing inserted.
{
  // An address on any host that says of itself that it is a badge's data.
  Touchstone.documentPath = /(?:badge|assertion|credential)[^?#]*\.json(?:ld)?$/i;

  // What says where a reader came from, or who the learner is, and nothing about the award.
  Touchstone.needless = /^(?:utm_\w+|urlhash|trk|lipi|mt|isSdui|messageThreadUrn|source|identity__\w+|embed\w+)$/;

  // Sites whose terms forbid inserting anything into their pages: found badges show in the popup alone.
  Touchstone.unmarked = /(?:^|\.)linkedin\.com$/;
}

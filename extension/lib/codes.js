// @ts-check
// Every code a question can be answered with. Each has a short answer in _locales, under `answer_<question>_<code>`.

/** @type {Record<Question, readonly string[]>} */
export const CODES = {
  genuine: [
    "signature", "hosted", "issuer_page",
    "bad_signature", "altered", "id_mismatch", "out_of_scope", "dropped_terms", "structure", "bad_challenge",
    "key_not_issuers", "issuer_unproven", "key_not_listed", "key_unreachable", "host_unreachable",
    "ledger_unreachable", "unsupported_proof", "context", "too_costly", "page_unreadable", "page_only",
    "picture_only", "unsigned",
  ],
  current: [
    "in_force", "no_expiry", "revoked", "suspended", "not_yet_valid", "expired", "status_unreachable",
    "status_unsupported", "status_forged", "stale", "not_stated", "moved", "no_status",
  ],
  issuer: [
    "vouched", "platform_vouched", "denied", "lookalike", "registry_unread", "claims_known_name", "insecure",
    "not_listed",
  ],
  recipient: [
    "email_match", "name_match", "did_match", "profile_match", "someone_else", "name_differs", "other_address",
    "cannot_tell", "not_asked", "nobody_named",
  ],
  claim: ["agrees", "differs", "cannot_tell", "nothing_claimed"],
};

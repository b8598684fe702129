// @ts-check
// How our own pages ask the background.

/** What went wrong, as the background says it. */
export class Refused extends Error {
  /** @param {{code: TroubleCode, says: string | null, reason: string | null}} trouble */
  constructor({ code, says, reason }) {
    super(says ?? reason ?? code);
    this.code = code;
    this.says = says;
    this.reason = reason;
  }
}

/** @param {string} type @param {object} [message] @returns {Promise<any>} @throws {Refused} */
export async function ask(type, message = {}) {
  const answer = await browser.runtime.sendMessage({ ...message, type });
  if (answer?.trouble) throw new Refused(answer.trouble);
  return answer?.value;
}

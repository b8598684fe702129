//# allFunctionsCalledOnLoad
// @ts-check
// Long work in short passes, so that a page never feels it: what is to be done is a generator that yields where it may be
// put aside, and is put aside after 4 ms.
{
  const BUDGET = 4; // ms a pass
  const MOST_MEASURED = 20; // runs

  /** @type {Promise<unknown>} */
  let last = Promise.resolve();
  /** How long what was done took, each run by itself, for the measure in tests/browser. @type {{total: number, longest: number}[]} */
  const passes = [];

  /** @returns {Promise<void>} when the page's own tasks have had their turn; timers of hidden tabs are held back, this is not */
  const pause = () =>
    globalThis.scheduler?.postTask
      ? globalThis.scheduler.postTask(() => {}, { priority: "user-visible" })
      : new Promise((resolve) => setTimeout(resolve, 0));

  /** @template T @param {Generator<void, T>} work @param {{total: number, longest: number}} sums @returns {{done: boolean, value?: T}} */
  function pass(work, sums) {
    const start = performance.now();
    const end = start + BUDGET;
    let step = work.next();
    while (!step.done && performance.now() < end) step = work.next();
    const took = performance.now() - start;
    sums.total += took;
    sums.longest = Math.max(sums.longest, took);
    return step.done ? { done: true, value: step.value } : { done: false };
  }

  /** @template T @param {Generator<void, T>} work @returns {Promise<T | undefined>} undefined: it was stopped */
  async function finish(work) {
    const sums = { total: 0, longest: 0 };
    if (passes.length < MOST_MEASURED) passes.push(sums);
    while (!Touchstone.signal.aborted) {
      const { done, value } = pass(work, sums);
      if (done) return value;
      await pause();
    }
    return undefined;
  }

  /**
   * One after the other, so that two never share a pass.
   * @template T
   * @param {() => Generator<void, T>} begin
   * @returns {Promise<T | undefined>}
   */
  function run(begin) {
    const mine = last.then(() => finish(begin()));
    last = mine.catch(() => {});
    return mine;
  }

  /** All at once, where nobody waits. @template T @param {Generator<void, T>} work @returns {T} */
  function whole(work) {
    for (let step = work.next(); ; step = work.next()) if (step.done) return step.value;
  }

  Touchstone.work = { run, whole, passes };
}

// @ts-check
// Long work in short passes, so that a page never feels it: what is to be done is a generator that yields where it may be
// put aside, and is put aside after 4 ms.
{
  const BUDGET = 4; // ms a pass

  /** @type {Promise<unknown>} */
  let last = Promise.resolve();
  const passes = { count: 0, total: 0, longest: 0 };

  /** @returns {Promise<void>} when the page's own tasks have had their turn; timers of hidden tabs are held back, this is not */
  const pause = () =>
    globalThis.scheduler?.postTask
      ? globalThis.scheduler.postTask(() => {}, { priority: "user-visible" })
      : new Promise((resolve) => setTimeout(resolve, 0));

  /** @template T @param {Generator<void, T>} work @returns {{done: boolean, value?: T}} */
  function pass(work) {
    const start = performance.now();
    const end = start + BUDGET;
    let step = work.next();
    while (!step.done && performance.now() < end) step = work.next();
    const took = performance.now() - start;
    passes.count += 1;
    passes.total += took;
    passes.longest = Math.max(passes.longest, took);
    return step.done ? { done: true, value: step.value } : { done: false };
  }

  /** @template T @param {Generator<void, T>} work @returns {Promise<T | undefined>} undefined: it was stopped */
  async function finish(work) {
    while (!Touchstone.signal.aborted) {
      const { done, value } = pass(work);
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

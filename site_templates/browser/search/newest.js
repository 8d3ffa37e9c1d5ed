/**
 * Runs `task` once at a time, and skips all but the newest of the inputs that come meanwhile.
 * @template {any[]} Input
 * @param {(...input: Input) => Promise<void>} task
 * @returns {(...input: Input) => Promise<void>}
 */
export function newestOnly(task) {
  /** @type {Input | null} */
  let waiting = null;
  let isBusy = false;
  return async function run(...input) {
    waiting = input;
    if (isBusy) return;
    isBusy = true;
    while (waiting) {
      const next = waiting;
      waiting = null;
      await task(...next);
    }
    isBusy = false;
  };
}

/** Keeps a page from asking faster than the operator should have to answer. */

const SHARE = 5;
const LONGEST = 3000;

/**
 * A trigger for something that is done again and again, with `pause` milliseconds between two times at least, and for
 * a sixth of the time at most, unless that meant to wait for more than three seconds. Triggers in between are one.
 */
export function paced(run, pause) {
  let wanted = false;
  let busy = false;

  async function go() {
    busy = true;
    wanted = false;
    const began = performance.now();
    await run();
    const took = performance.now() - began;
    setTimeout(() => {
      busy = false;
      if (wanted) go();
    }, Math.max(pause, Math.min(LONGEST, SHARE * took)));
  }

  return () => {
    wanted = true;
    if (!busy) go();
  };
}

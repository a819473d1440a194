/** The operator's clock as a browser can tell it: what was read of it, and how fast it runs since. */

/** Milliseconds since 1970 that the operator's clock shows now. */
export function shows(clock) {
  return clock.posix + (performance.now() - clock.read) * clock.speed;
}

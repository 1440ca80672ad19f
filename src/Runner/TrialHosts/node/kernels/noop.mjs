/** `noop`: does nothing; what remains is the cost of dispatch. */

export function makeTask() {
  return () => 0;
}

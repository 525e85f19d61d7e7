/** What code that we were given may give back, whatever its type says: a promise is one of those. */

/** @throws what a getter of `then` throws. */
export function isPromiseLike(value: unknown): value is PromiseLike<unknown> {
  return (
    typeof value === 'object' &&
    value !== null &&
    'then' in value &&
    typeof value.then === 'function'
  );
}

/**
 * Calls a function that gives nothing, or, an async one, a promise of nothing. What it throws and
 * what it rejects with goes to `onError`, which must not throw.
 */
export function callSafely(action: () => unknown, onError: (error: unknown) => void): void {
  try {
    const given = action();
    if (isPromiseLike(given)) void Promise.resolve(given).catch(onError);
  } catch (error) {
    onError(error);
  }
}

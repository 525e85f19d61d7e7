/**
 * What was thrown, as text for the log. Never throws itself: anything can be thrown, also what has
 * no text (`Object.create(null)`) or whose text throws, and a log line must not end the program.
 */
export function printThrown(thrown: unknown, part: 'message' | 'stack' = 'message'): string {
  try {
    if (!(thrown instanceof Error)) return String(thrown);
    return part === 'stack' ? (thrown.stack ?? thrown.message) : thrown.message;
  } catch {
    return 'something that cannot be printed';
  }
}

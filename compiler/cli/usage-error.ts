/**
 * The user asked for something that cannot be: told in a sentence, without a stack trace, with exit
 * code 2.
 */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

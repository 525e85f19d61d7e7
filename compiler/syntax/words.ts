/** The words that begin declarations. They are words like any other everywhere else. */

/** What opens a declaration that has a body. */
export const DECLARATION_WORDS = [
  'community',
  'struct',
  'enum',
  'flags',
  'union',
  'message',
] as const;

/** What may stand in front of a declaration's word. */
export const MODIFIERS = ['abstract', 'signed', 'unsigned', 'timed'] as const;

/** A kind of declaration with a body. */
export type DeclarationWord = (typeof DECLARATION_WORDS)[number];

/** What begins recorded bytes, and is followed by their name. */
export const VECTOR_WORDS = ['vector', 'malformed'] as const;

/** What begins a declaration whose name is followed by a colon or a parenthesis. */
export const TYPED_WORDS = ['codec', 'request'] as const;

/** What a request may say behind its messages. */
export const REQUEST_CLAUSES = ['by', 'timeout', 'retry'] as const;

/**
 * Words of other schema languages and of later editions of this one. A line that begins with one
 * of them and is not a field is a declaration, though not one that we know: it must not be taken
 * for a part of its neighbour.
 */
export const FOREIGN_WORDS: readonly string[] = ['type', 'edition', 'rpc', 'service', 'interface'];

/** The declaration word that a head of several words means, misspelt or not; undefined for none. */
export function declarationWordOf(words: readonly string[]): DeclarationWord | undefined {
  if (words.length < 2) return undefined;
  const front = words.slice(0, -1);
  const exact = DECLARATION_WORDS.find((word) => front.includes(word));
  if (exact !== undefined) return exact;
  return DECLARATION_WORDS.find((word) => front.some((one) => isMisspelt(one, word)));
}

/** True when one letter is wrong, missing, too many or swapped with its neighbour. */
export function isMisspelt(candidate: string, word: string): boolean {
  if (candidate === word) return true;
  if (Math.abs(candidate.length - word.length) > 1) return false;
  const one = candidate.toLowerCase();
  let front = 0;
  while (front < one.length && one[front] === word[front]) front++;
  const oneRest = one.slice(front);
  const wordRest = word.slice(front);
  return (
    oneRest.slice(1) === wordRest ||
    oneRest === wordRest.slice(1) ||
    oneRest.slice(1) === wordRest.slice(1) ||
    (oneRest[0] === wordRest[1] &&
      oneRest[1] === wordRest[0] &&
      oneRest.slice(2) === wordRest.slice(2))
  );
}

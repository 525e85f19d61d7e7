/** What a piece of a diagnostic is, for its colour. */
export type Role = 'error' | 'warning' | 'strong' | 'gutter' | 'other' | 'removed' | 'added';

/** Puts a piece of text into its colour, or leaves it. */
export type Paint = (role: Role, text: string) => string;

const CODES: Readonly<Record<Role, string>> = {
  error: '1;31',
  warning: '1;33',
  strong: '1',
  gutter: '1;34',
  other: '1;34',
  removed: '31',
  added: '32',
};

/** A painter with ANSI colours, or one that leaves text as it is. */
export function createPaint(color: boolean): Paint {
  if (!color) return (_, text) => text;
  return (role, text) => (text === '' ? '' : `\u001b[${CODES[role]}m${text}\u001b[0m`);
}

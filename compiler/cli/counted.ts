/** `1 error`, `2 errors`; `many` for words that another letter does not make many. */
export function counted(count: number, word: string, many = `${word}s`): string {
  return `${count} ${count === 1 ? word : many}`;
}

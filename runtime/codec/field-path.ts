/**
 * The way to a field through structs and lists, for errors: `nodes[3].public_key`. Readers and
 * writers keep it while they go; it is joined only when something is wrong.
 */
export class FieldPath {
  /** Names of fields, and behind a list's the index of its element. BOUNDED by the depth of a schema. */
  readonly #parts: (string | number)[] = [];

  /** Steps into a struct or union. */
  enter(field: string): void {
    this.#parts.push(field);
  }

  leave(): void {
    this.#parts.pop();
  }

  /** Steps into a list, whose elements are read and written under the empty name. */
  openList(field: string): void {
    this.#parts.push(field, -1);
  }

  /** Stands in front of every element. */
  nextElement(): void {
    (this.#parts[this.#parts.length - 1] as number)++;
  }

  closeList(): void {
    this.#parts.length -= 2;
  }

  /** The whole way to a field of where it stands now. */
  to(field: string): string {
    let path = '';
    for (const part of [...this.#parts, field]) {
      if (typeof part === 'number') path += `[${part}]`;
      else path += path === '' || part === '' ? part : `.${part}`;
    }
    return path;
  }
}

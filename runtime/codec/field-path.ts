/** In place of an index: the step goes into a struct or union. */
const NO_LIST = -2;

/**
 * The way to a field through structs and lists, for errors: `nodes[3].public_key`. Readers and
 * writers keep it while they go; it is joined only when something is wrong.
 */
export class FieldPath {
  /** Names of fields, the first `#depth` of them. BOUNDED by the depth of a schema. */
  readonly #fields: string[] = [];
  /** What each steps into: the index of an element, or `NO_LIST`. BOUNDED as the names are. */
  readonly #indices: number[] = [];
  #depth = 0;

  /** Steps into a struct or union. */
  enter(field: string): void {
    this.#step(field, NO_LIST);
  }

  leave(): void {
    this.#depth--;
  }

  /** Steps into a list, whose elements are read and written under the empty name. */
  openList(field: string): void {
    this.#step(field, -1);
  }

  /** Stands in front of every element. */
  nextElement(): void {
    (this.#indices[this.#depth - 1] as number)++;
  }

  closeList(): void {
    this.#depth--;
  }

  /** The whole way to a field of where it stands now. */
  to(field: string): string {
    let path = '';
    for (let at = 0; at < this.#depth; at++) {
      path = join(path, this.#fields[at] as string);
      const index = this.#indices[at] as number;
      if (index !== NO_LIST) path += `[${index}]`;
    }
    return join(path, field);
  }

  /** Places are written over, not taken away: every message comes by here. */
  #step(field: string, index: number): void {
    this.#fields[this.#depth] = field;
    this.#indices[this.#depth] = index;
    this.#depth++;
  }
}

function join(path: string, field: string): string {
  return path === '' || field === '' ? path + field : `${path}.${field}`;
}

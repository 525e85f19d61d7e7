import { assert } from './assert.ts';

/**
 * Which entry leaves a full map: the one added first, the one not asked for longest, or the new
 * one.
 */
export type FullRule = 'drop-oldest' | 'drop-least-recently-used' | 'refuse';

/** What a bounded map is made with. */
export type BoundedMapOptions<K, V> = {
  /** Entries it holds at most; a whole number from 1. */
  readonly countMax: number;
  readonly onFull: FullRule;
  /**
   * Hears of entries that left because the map was full, after they have left. Never of deleted or
   * replaced ones.
   */
  readonly onEvict?: (value: V, key: K) => void;
};

/**
 * A map with a capacity: the home of everything that peers can make us remember.
 *
 * All operations are O(1). With `drop-oldest` setting a key again keeps its age; with
 * `drop-least-recently-used` both `get` and `set` make an entry young, `peek` and `has` do not.
 */
export class BoundedMap<K, V> {
  readonly countMax: number;
  readonly #options: BoundedMapOptions<K, V>;
  /** In the order of leaving: the next one to go comes first. BOUNDED by `countMax`. */
  readonly #entries = new Map<K, V>();

  constructor(options: BoundedMapOptions<K, V>) {
    const { countMax } = options;
    assert(Number.isSafeInteger(countMax) && countMax > 0, `a map for ${countMax} entries`);
    this.countMax = countMax;
    this.#options = options;
  }

  get size(): number {
    return this.#entries.size;
  }

  has(key: K): boolean {
    return this.#entries.has(key);
  }

  get(key: K): V | undefined {
    const value = this.#entries.get(key);
    const isUse = this.#options.onFull === 'drop-least-recently-used' && this.#entries.delete(key);
    // What was deleted was there, also when it is undefined.
    if (isUse) this.#entries.set(key, value as V);
    return value;
  }

  /** As `get`, without counting as a use. */
  peek(key: K): V | undefined {
    return this.#entries.get(key);
  }

  /**
   * Sets the value, making room by the rule; false when the rule is `refuse` and there is no room
   * for a new key.
   */
  set(key: K, value: V): boolean {
    const { onFull, onEvict } = this.#options;
    if (this.#entries.has(key)) {
      if (onFull === 'drop-least-recently-used') this.#entries.delete(key);
      this.#entries.set(key, value);
      return true;
    }
    if (this.#entries.size < this.countMax) {
      this.#entries.set(key, value);
      return true;
    }
    if (onFull === 'refuse') return false;
    const [leaving] = this.#entries;
    if (leaving !== undefined) this.#entries.delete(leaving[0]);
    this.#entries.set(key, value);
    if (leaving !== undefined) onEvict?.(leaving[1], leaving[0]);
    return true;
  }

  delete(key: K): boolean {
    return this.#entries.delete(key);
  }

  clear(): void {
    this.#entries.clear();
  }

  keys(): IterableIterator<K> {
    return this.#entries.keys();
  }

  /** Values, the next one to leave first. The map may be changed while they are read. */
  values(): IterableIterator<V> {
    return this.#entries.values();
  }

  /** Keys and values, the next one to leave first. */
  entries(): IterableIterator<readonly [K, V]> {
    return this.#entries.entries();
  }

  [Symbol.iterator](): IterableIterator<readonly [K, V]> {
    return this.entries();
  }
}

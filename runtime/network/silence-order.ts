import type { ContactRecord } from './contact.ts';

/**
 * Contacts in the order in which they were heard, the longest silent first. They are linked through
 * themselves: a set would be filled anew again and again, since each datagram moves somebody.
 */
export class SilenceOrder {
  #first: ContactRecord | undefined;
  #last: ContactRecord | undefined;

  /** The longest silent; its `after` is the next one. */
  get first(): ContactRecord | undefined {
    return this.#first;
  }

  /** Puts what is in no order at the end. */
  add(contact: ContactRecord): void {
    contact.before = this.#last;
    if (this.#last === undefined) this.#first = contact;
    else this.#last.after = contact;
    this.#last = contact;
  }

  /** Takes out what is in this order. */
  remove(contact: ContactRecord): void {
    const { before, after } = contact;
    if (before === undefined) this.#first = after;
    else before.after = after;
    if (after === undefined) this.#last = before;
    else after.before = before;
    contact.before = undefined;
    contact.after = undefined;
  }
}

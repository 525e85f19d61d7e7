/**
 * Thrown by a handler stub until its author writes the handler: names the message and where the
 * schema declares it.
 */
export class NotImplementedError extends Error {
  override readonly name = 'NotImplementedError';
  readonly messageName: string;
  /** `schemas/lamport.ipv8:5`. */
  readonly place: string;

  constructor(messageName: string, place: string) {
    super(`no handler is written for ${messageName} (${place})`);
    this.messageName = messageName;
    this.place = place;
  }
}

/** A small community by hand, in the form of generated code, as an author would use it. */
import type { Reader, Writer } from '../../../runtime/codegen.ts';
import type { Handlers, Protocol } from '../../../runtime/codegen.ts';
import { COMMUNITY_ID } from './bench.ts';

/** A signed message. */
export class Note {
  static readonly messageName = 'Note';
  static readonly id = 1;
  static readonly auth = 'signed';
  static readonly isTimed = false;
  readonly text: string;

  constructor(init: { readonly text: string }) {
    this.text = init.text;
  }

  static encode(message: Note, out: Writer): void {
    out.string16(message.text, 'text', 0, 65_535);
  }

  static decode(input: Reader): Note {
    return new Note({ text: input.string16('text', 0, 65_535) });
  }
}

/** An unsigned, timed message. */
export class Tick {
  static readonly messageName = 'Tick';
  static readonly id = 2;
  static readonly auth = 'unsigned';
  static readonly isTimed = true;
  readonly count: number;

  constructor(init: { readonly count: number }) {
    this.count = init.count;
  }

  static encode(message: Tick, out: Writer): void {
    out.u8(message.count, 'count');
  }

  static decode(input: Reader): Tick {
    return new Tick({ count: input.u8('count') });
  }
}

/** A signed and timed message. */
export class Stamp {
  /** Told apart from other classes without fields by its type alone. */
  declare readonly kind: 'stamp';
  static readonly messageName = 'Stamp';
  static readonly id = 3;
  static readonly auth = 'signed';
  static readonly isTimed = true;

  static encode(_message: Stamp, _out: Writer): void {}

  static decode(_input: Reader): Stamp {
    return new Stamp();
  }
}

export const notesProtocol = {
  name: 'Notes',
  communityId: COMMUNITY_ID,
  version: 2,
  messages: { note: Note, tick: Tick, stamp: Stamp },
} as const satisfies Protocol;

export type NotesHandlers = Handlers<typeof notesProtocol>;

/**
 * What must not compile: handlers that do not fit their protocol. Checked by the compiler run,
 * never executed.
 */
import type { Behaviour, Community } from '../../runtime/community/overlay.ts';
import type { MessageType } from '../../runtime/codegen.ts';
import type { Reader } from '../../runtime/codec/reader.ts';
import type { Writer } from '../../runtime/codec/writer.ts';
import {
  type IntroductionHandlers,
  introductionProtocol,
  type PunctureRequest,
} from '../../generated/introduction.ts';
import { type LamportHandlers, lamportProtocol } from '../../generated/lamport.ts';

// A handler for every message compiles, and knows its message and its context.
export const complete: LamportHandlers = {
  clock(message, context) {
    const time: number = message.clock;
    const key: Uint8Array = context.peer.publicKey.bytes;
    const port: number = context.from.port;
    return void [time, key, port];
  },
};

// @ts-expect-error A handler is forgotten.
export const forgotten: LamportHandlers = {};

export const unknownHandler: LamportHandlers = {
  clock() {},
  // @ts-expect-error No message has this name.
  clokc() {},
};

export const wrongField: LamportHandlers = {
  clock(message) {
    // @ts-expect-error The message has no such field.
    return void message.time;
  },
};

export const wrongFieldType: LamportHandlers = {
  clock(message) {
    // @ts-expect-error A u32 is a number.
    const time: string = message.clock;
    return void time;
  },
};

export const assigned: LamportHandlers = {
  clock(message) {
    // @ts-expect-error What was received is not changed.
    message.clock = 1;
  },
};

export const untimed: LamportHandlers = {
  clock(_message, context) {
    // @ts-expect-error Clock carries no global time.
    return void context.globalTime;
  },
};

export const unsigned: Pick<IntroductionHandlers, 'punctureRequest'> = {
  punctureRequest(message: PunctureRequest, context) {
    const time: bigint = context.globalTime;
    // @ts-expect-error Nobody has proved to have sent an unsigned message.
    return void [message, time, context.peer];
  },
};

export const returned: LamportHandlers = {
  // @ts-expect-error A handler answers by sending, not by what it returns.
  clock() {
    return 1;
  },
};

export const community: Community<typeof lamportProtocol> = {
  protocol: lamportProtocol,
  // @ts-expect-error The behaviour lacks its handlers.
  create() {
    return {};
  },
};

export const otherProtocol: Community<typeof lamportProtocol> = {
  // @ts-expect-error Another community's protocol.
  protocol: introductionProtocol,
  create: () => ({ handlers: complete }),
};

export const behaviour: Behaviour<typeof lamportProtocol> = {
  handlers: complete,
  // @ts-expect-error The start gets what a configuration holds: anything.
  started: (peer: number) => void peer,
};

/** A message whose author forgot how it is sealed. */
const unsealed = {
  messageName: 'Unsealed',
  id: 1,
  encode(_message: Uint8Array, _out: Writer): void {},
  decode: (input: Reader): Uint8Array => input.rest(),
};

// @ts-expect-error Neither signed nor unsigned.
export const sealed: MessageType<Uint8Array> = unsealed;

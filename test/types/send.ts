/**
 * What must not compile: messages and sends that do not fit the schema. Checked by the compiler
 * run, never executed.
 */
import type { Destination, Sender } from '../../runtime/codegen.ts';
import {
  ConnectionType,
  type IntroductionRequest,
  sendPunctureRequest,
} from '../../generated/introduction.ts';
import { Clock, sendClock } from '../../generated/lamport.ts';

declare const sender: Sender;
declare const to: Destination;

const address = { kind: 'ipv4', host: '127.0.0.1', port: 1 } as const;
const puncture = { lanWalkerAddress: address, wanWalkerAddress: address, identifier: 1 };

// These compile: a message is its fields, and only a timed one takes a global time.
sendClock(sender, to, { clock: 1 });
sendClock(sender, to, new Clock({ clock: 1 }));
sendPunctureRequest(sender, to, puncture);
sendPunctureRequest(sender, to, puncture, { globalTime: 5n });

// @ts-expect-error The field is missing.
sendClock(sender, to, {});

// @ts-expect-error The field has another type.
sendClock(sender, to, { clock: '1' });

// @ts-expect-error A field nobody declared.
sendClock(sender, to, { clock: 1, time: 2 });

// @ts-expect-error Clock is not timed.
sendClock(sender, to, { clock: 1 }, { globalTime: 5n });

// @ts-expect-error The global time has 64 bits.
sendPunctureRequest(sender, to, puncture, { globalTime: 5 });

// @ts-expect-error A text is not a destination.
sendClock(sender, '127.0.0.1:1', { clock: 1 });

// @ts-expect-error Clock has a constructor that wants its fields.
export const empty = new Clock();

// @ts-expect-error A message does not change.
new Clock({ clock: 1 }).clock = 2;

// The values of an enum are open: a number without a name is one too.
export const named: ConnectionType = ConnectionType.symmetricNat;
export const nameless: ConnectionType = 1;

// @ts-expect-error But a text is not.
export const text: ConnectionType = 'public';

declare const request: IntroductionRequest;

// @ts-expect-error A bit is true or false.
export const bit: number = request.flags.advice;

// @ts-expect-error Bits that have no name are not there.
export const unused: boolean = request.flags.unused;

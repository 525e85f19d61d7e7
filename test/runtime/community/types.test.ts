/**
 * What an author writes compiles without annotations, and what is wrong does not. Checked by the
 * type checker.
 */
import { expect, expectTypeOf, test } from 'vitest';
import { lamportProtocol, sendClock } from '../../../generated/lamport.ts';
import type { Address } from '../../../runtime/address/address.ts';
import type { AnyCommunity } from '../../../runtime/community/any-community.ts';
import type { Community } from '../../../runtime/community/overlay.ts';
import type { Peer } from '../../../runtime/peer/peer.ts';
import { discoveryCommunity } from '../../../runtime/communities/discovery/discovery.ts';
import { type Note, notesProtocol, type NotesHandlers } from './notes.ts';

export const lamport: Community<typeof lamportProtocol> = {
  protocol: lamportProtocol,
  create(overlay, settings) {
    expectTypeOf(settings).toEqualTypeOf<Readonly<Record<string, unknown>>>();
    return {
      handlers: {
        clock(message, { peer, from }) {
          expectTypeOf(message.clock).toEqualTypeOf<number>();
          expectTypeOf(peer).toEqualTypeOf<Peer>();
          expectTypeOf(from).toEqualTypeOf<Address>();
          sendClock(overlay, peer, { clock: message.clock + 1 });
        },
      },
      started() {
        for (const peer of overlay.peers()) sendClock(overlay, peer, { clock: 1 });
      },
    };
  },
};

export const notes: Community<typeof notesProtocol> = {
  protocol: notesProtocol,
  create: () => ({
    handlers: {
      note(message, context) {
        expectTypeOf(message).toEqualTypeOf<Note>();
        expectTypeOf(context.peer).toEqualTypeOf<Peer>();
        // @ts-expect-error a message that is not timed has no global time
        void context.globalTime;
      },
      async tick({ count }, context) {
        expectTypeOf(count).toEqualTypeOf<number>();
        expectTypeOf(context.globalTime).toEqualTypeOf<bigint>();
        // @ts-expect-error nobody vouches for the sender of an unsigned message
        void context.peer;
      },
      stamp(_message, { peer, globalTime }) {
        expectTypeOf(peer).toEqualTypeOf<Peer>();
        expectTypeOf(globalTime).toEqualTypeOf<bigint>();
      },
    },
  }),
};

// @ts-expect-error a handler is missing
export const forgetful: NotesHandlers = { note() {}, tick() {} };

export const surplus: NotesHandlers = {
  note() {},
  tick() {},
  stamp() {},
  // @ts-expect-error the protocol has no such message
  other() {},
};

test('communities of different protocols are kept together without a cast', () => {
  const all: readonly AnyCommunity[] = [lamport, notes, discoveryCommunity];
  expect(all.map(({ protocol }) => protocol.name)).toEqual(['Lamport', 'Notes', 'Discovery']);
});

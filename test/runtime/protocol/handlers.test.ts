/** The types that stand between generated code and handlers. Checked by the type checker. */
import { expect, expectTypeOf, test } from 'vitest';
import { Clock, lamportProtocol } from '../../../generated/lamport.ts';
import type { IntroductionRequest, PunctureRequest } from '../../../generated/introduction.ts';
import type { Peer } from '../../../runtime/peer/peer.ts';
import type { ContextOf, Handlers, Sender } from '../../../runtime/protocol/handlers.ts';
import type { MessageOf, MessageType, Protocol } from '../../../runtime/protocol/protocol.ts';

test('a context shows what the message has, and nothing else', () => {
  expectTypeOf<ContextOf<typeof Clock>['peer']>().toEqualTypeOf<Peer>();
  expectTypeOf<ContextOf<typeof IntroductionRequest>['globalTime']>().toEqualTypeOf<bigint>();
  expectTypeOf<ContextOf<typeof IntroductionRequest>['peer']>().toEqualTypeOf<Peer>();
  expectTypeOf<ContextOf<typeof PunctureRequest>['globalTime']>().toEqualTypeOf<bigint>();
  expectTypeOf<
    'peer' extends keyof ContextOf<typeof PunctureRequest> ? true : false
  >().toEqualTypeOf<false>();
  expectTypeOf<
    'globalTime' extends keyof ContextOf<typeof Clock> ? true : false
  >().toEqualTypeOf<false>();
});

test('generated classes are message types, and protocols are protocols', () => {
  expectTypeOf<MessageOf<typeof Clock>>().toEqualTypeOf<Clock>();
  expectTypeOf<Handlers<typeof lamportProtocol>>().toHaveProperty('clock');
  const type: MessageType<Clock> = Clock;
  const protocol: Protocol = lamportProtocol;
  expect([type.messageName, protocol.name]).toEqual(['Clock', 'Lamport']);
});

test('a sender takes only the message that belongs to the type', () => {
  const send = (sender: Sender, to: Peer) => {
    sender.send(to, Clock, new Clock({ clock: 1 }));
    // @ts-expect-error fields of another shape
    sender.send(to, Clock, { tick: 1 });
    // @ts-expect-error neither a peer nor an address
    sender.send('127.0.0.1:8090', Clock, new Clock({ clock: 1 }));
  };
  expect(send).toBeTypeOf('function');
});

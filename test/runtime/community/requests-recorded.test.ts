/** What py-ipv8 nodes asked and answered: asked by ours, the bytes and the answers are the same. */
import { expect, test } from 'vitest';
import { dhtDiscoveryProtocol } from '../../../generated/dht.ts';
import { discoveryProtocol } from '../../../generated/discovery.ts';
import { printAddress } from '../../../runtime/address/text.ts';
import { fromHex, toHex } from '../../../runtime/base/bytes.ts';
import type { AnyCommunity } from '../../../runtime/community/any-community.ts';
import { REPLY_BYTES_PER_BYTE_MAX } from '../../../runtime/endpoint/limits.ts';
import { messageIdOf } from '../../../runtime/packet/header.ts';
import { open } from '../../../runtime/packet/open.ts';
import type { MessageType, Protocol } from '../../../runtime/protocol/protocol.ts';
import type { RequestType } from '../../../runtime/protocol/requests.ts';
import { addressOf, type RecordedDatagram, scenes } from '../packet/vectors.ts';
import { createBench, crypto } from './bench.ts';

type Exchange = {
  readonly type: RequestType;
  readonly question: RecordedDatagram;
  readonly answer: RecordedDatagram;
};

const PROTOCOLS: readonly Protocol[] = [dhtDiscoveryProtocol, discoveryProtocol];

function fieldsOf(type: MessageType<unknown>, { hex }: RecordedDatagram) {
  const opened = open(fromHex(hex), type, { crypto });
  if (!opened.ok) throw new Error(opened.error.reason);
  return opened.value.message as Readonly<Record<string, number>>;
}

/** Questions of a protocol, each with the answer that repeats its number. */
function exchanges(protocol: Protocol, all: readonly RecordedDatagram[]): readonly Exchange[] {
  const datagrams = all.filter(({ hex }) => hex.slice(4, 44) === protocol.communityId);
  return Object.values(protocol.requests ?? {}).flatMap((type) => {
    const of = ({ id }: MessageType<unknown>) =>
      datagrams.filter(({ hex }) => messageIdOf(fromHex(hex)) === id);
    return of(type.question).flatMap((question) => {
      const id = fieldsOf(type.question, question)[type.askedBy];
      const answer = of(type.answer).find(
        (one) =>
          one.from === question.to &&
          one.to === question.from &&
          fieldsOf(type.answer, one)[type.answeredBy] === id,
      );
      return answer === undefined ? [] : [{ type, question, answer }];
    });
  });
}

/** The protocol with handlers that answer nothing. */
function mute(protocol: Protocol): AnyCommunity {
  const handlers = Object.keys(protocol.messages).map((name) => [name, () => undefined] as const);
  return { protocol, create: () => ({ handlers: Object.fromEntries(handlers) }) };
}

const recorded = scenes.flatMap(({ transcripts }) =>
  transcripts.flatMap(({ datagrams, nodes }) =>
    PROTOCOLS.flatMap((protocol) =>
      exchanges(protocol, datagrams).map((exchange) => ({ ...exchange, protocol, nodes })),
    ),
  ),
);

test('every kind of request between overlays was recorded', () => {
  const names = new Set(recorded.map(({ type }) => type.name));
  expect([...names].toSorted()).toEqual(['find', 'ping', 'similarity', 'store', 'store_peer']);
  expect(recorded.length).toBeGreaterThan(40);
});

test('a recorded answer settles our question, and the question has the recorded bytes', async () => {
  for (const { answer, nodes, protocol, question, type } of recorded) {
    const [asker, asked] = [question, answer].map(({ from }) =>
      nodes.find(({ name }) => name === from),
    );
    const key = crypto.privateKey(fromHex(asker?.private_bin ?? ''));
    if (!key.ok) throw new Error(key.error.message);
    const bench = createBench();
    const place = printAddress(addressOf(asker?.wan));
    const node = bench.node(place, { community: mute(protocol), key: key.value });
    const fields = fieldsOf(type.question, question);
    const id = Number(fields[type.askedBy]);
    // Of all numbers, the one that was drawn when it was recorded.
    const drawn = { ...type, ids: { min: id, max: id } };
    const asking = node.overlay.request(addressOf(question.destination), drawn, fields);
    for (let turn = 0; turn < 5; turn++) await Promise.resolve();
    const sent = toHex(bench.take()[0]?.bytes ?? new Uint8Array(0));
    expect(fieldsOf(type.question, { ...question, hex: sent })).toEqual(fields);
    const isSameForEver = key.value.publicKey.curve === 'curve25519' && !type.question.isTimed;
    if (isSameForEver) expect(sent).toBe(question.hex);
    node.receive(fromHex(answer.hex), printAddress(addressOf(asked?.wan)));
    const result = await asking;
    expect(result.ok && result.value).toEqual(fieldsOf(type.answer, answer));
    expect(node.counters.handled).toBe(1);
  }
});

test('no recorded answer is larger than we send to strangers', () => {
  for (const { answer, question } of recorded) {
    expect(answer.hex.length / question.hex.length).toBeLessThanOrEqual(REPLY_BYTES_PER_BYTE_MAX);
  }
});

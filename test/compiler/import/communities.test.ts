/** Communities: their ids, their handlers, and what those say of messages. */
import { expect, test } from 'vitest';
import { imported, schemaOf } from './imported.ts';

const HEAD = `
from binascii import unhexlify
from hashlib import sha1
from typing import cast
from ipv8.community import Community
from ipv8.lazy_community import lazy_wrapper, lazy_wrapper_unsigned, lazy_wrapper_wd
from ipv8.messaging.lazy_payload import VariablePayload
from ipv8.messaging.payload_headers import GlobalTimeDistributionPayload

class OnePayload(VariablePayload):
    msg_id = 1
    format_list = ["H"]
    names = ["number"]

class TwoPayload(VariablePayload):
    msg_id = 2
    format_list = ["I", "H"]
    names = ["circuit_id", "number"]
`;

function community(handlers: string, id = 'unhexlify("00" * 20)'): string {
  return `${HEAD}
class AppCommunity(Community):
    community_id = ${id}

    def __init__(self, settings):
        super().__init__(settings)
${handlers.replace(/^/gm, '        ')}

    @lazy_wrapper(OnePayload)
    def on_one(self, peer, payload): ...

    @lazy_wrapper_wd(GlobalTimeDistributionPayload, TwoPayload)
    def on_two(self, peer, time, payload, data): ...

    @lazy_wrapper_unsigned(TwoPayload)
    def on_unsigned(self, address, payload): ...

    @lazy_wrapper(OnePayload, TwoPayload)
    def on_both(self, peer, one, two): ...

    def on_signed_bytes(self, address, data):
        auth, time, payload = self._ez_unpack_auth(OnePayload, data)

    def on_plain_bytes(self, address, data):
        payload = self._ez_unpack_noauth(TwoPayload, data, global_time=False)
`;
}

/** The lines that open messages. */
async function heads(handlers: string): Promise<readonly string[]> {
  const text = (await imported(community(handlers))).text;
  return [...text.matchAll(/^ {2}(\w.* message .*) \{/gm)].map(([, head]) => head ?? '');
}

test.each([
  ['self.add_message_handler(OnePayload, self.on_one)', 'signed message One = 1'],
  ['self.add_message_handler(TwoPayload, self.on_two)', 'signed timed message Two = 2'],
  ['self.add_message_handler(TwoPayload, self.on_unsigned)', 'unsigned message Two = 2'],
  ['self.add_message_handler(9, self.on_one)', 'signed message One = 9'],
  ['self.add_message_handler(OnePayload.msg_id, self.on_one)', 'signed message One = 1'],
  ['self.add_message_handler(TwoPayload, cast("X", self.on_unsigned))', 'unsigned message Two = 2'],
  ['self.add_message_handler(OnePayload, self.on_signed_bytes)', 'signed timed message One = 1'],
  ['self.add_message_handler(TwoPayload, self.on_plain_bytes)', 'unsigned message Two = 2'],
  ['self.add_cell_handler(TwoPayload, self.on_cell)', 'unsigned message Two = 2 via cell'],
  ['self.add_cell_handler(OnePayload, self.on_cell)', 'unsigned message One = 1 via data'],
  [
    'self.add_message_handler(TwoPayload, self.on_unsigned)\nself.add_cell_handler(TwoPayload, self.on_unsigned)',
    'unsigned message Two = 2 via socket, cell',
  ],
])('%s', async (handlers, head) => {
  expect(await heads(handlers)).toEqual([head]);
});

test('payloads of one handler are one message, in their order', async () => {
  const text = await schemaOf(community('self.add_message_handler(OnePayload, self.on_both)'));
  expect(text).toContain(
    'signed message One = 1 {\n    number: u16\n    circuit_id: u32\n    number_2: u16\n  }',
  );
});

test('one message has one handler, however often it is added', async () => {
  const add = 'self.add_message_handler(OnePayload, self.on_one)';
  expect(await heads(`${add}\n${add}`)).toEqual(['signed message One = 1']);
});

test.each([
  [
    'unhexlify("000102030405060708090a0b0c0d0e0f10111213")',
    'hex"000102030405060708090a0b0c0d0e0f10111213"',
  ],
  ['bytes.fromhex("00 01" + "ff" * 18)', `hex"0001${'ff'.repeat(18)}"`],
  [String.raw`b"\x00\x01abc\n" + b"\xff" * 14`, `hex"00016162630a${'ff'.repeat(14)}"`],
  ['sha1(b"an app").digest()', 'sha1("an app")'],
  ['sha1("an app".encode()).digest()', 'sha1("an app")'],
])('community_id = %s', async (id, identity) => {
  const add =
    'self.add_message_handler(OnePayload, self.on_one)\nself.add_message_handler(TwoPayload, self.on_two)';
  expect(await schemaOf(community(add, id))).toContain(`community App = ${identity} {`);
});

test.each(['os.urandom(20)', 'b"too short"', 'SETTINGS["id"]', 'f"{x}"'])(
  'community_id = %s is given when the overlay starts',
  async (id) => {
    const add =
      'self.add_message_handler(OnePayload, self.on_one)\nself.add_message_handler(TwoPayload, self.on_two)';
    const { codes, text } = await imported(community(add, id));
    expect(codes).toEqual(['python/unreadable-identity']);
    expect(text).toContain('community App = dynamic {');
  },
);

test('communities extend each other, and bases without an id are abstract', async () => {
  const text = await schemaOf(`${HEAD}
class BaseCommunity(Community):
    def __init__(self, settings):
        self.add_message_handler(OnePayload, self.on_one)

    @lazy_wrapper(OnePayload)
    def on_one(self, peer, payload): ...

class LeafCommunity(BaseCommunity):
    community_id = b"01234567890123456789"
    version = b"\\x03"

    def __init__(self, settings):
        self.add_message_handler(OnePayload, self.on_one)
        self.add_message_handler(TwoPayload, self.on_two)

    @lazy_wrapper(TwoPayload)
    def on_two(self, peer, payload): ...

class ShareCommunity(LeafCommunity):
    version = b"\\x03"

class OwnCommunity(Community):
    def __init__(self, settings):
        self.community_id = settings.id
`);
  const communities = text.match(/^.*community .*$/gm);
  expect(communities).toEqual([
    'abstract community Base {',
    'community Leaf extends Base version 3 = hex"3031323334353637383930313233343536373839" {',
    'community Share extends Leaf version 3 {',
    'community Own = dynamic {',
  ]);
  expect(text.match(/ message \w+/g)).toEqual([' message One', ' message Two']);
});

test('an id that two messages have: one stays, with its reason', async () => {
  const { diagnostics, text } = await imported(
    community(
      'self.add_message_handler(OnePayload, self.on_one)\nself.add_message_handler(1, self.on_unsigned)',
    ),
  );
  expect(diagnostics.map(({ title }) => title)).toEqual([
    '`Two` cannot be declared: message id 1 is already used by `One`',
  ]);
  expect(text.match(/ message \w+ = \d/g)).toEqual([' message One = 1']);
});

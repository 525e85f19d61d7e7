import dgram from 'node:dgram';
import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import { createNodeNames } from '../../../runtime/env/node-names.ts';

const A = 1;
const AAAA = 28;

/** A name server on this machine: answers each question with the addresses of its type, or not at all. */
async function nameServer(answers: { readonly [type: number]: readonly Buffer[] } | 'silent') {
  const socket = dgram.createSocket('udp4');
  onTestFinished(() => void socket.close());
  socket.on('message', (query, from) => {
    if (answers === 'silent') return;
    const end = query.indexOf(0, 12) + 5;
    const type = query.readUInt16BE(end - 4);
    const records = (answers[type] ?? []).map((address) =>
      // The name of the question, its type, class IN, a minute to live, the address.
      Buffer.concat([
        Buffer.from([0xc0, 12, 0, type, 0, 1, 0, 0, 0, 60, 0, address.length]),
        address,
      ]),
    );
    const header = Buffer.from(query.subarray(0, 12));
    // An answer, recursion there was; no such name when there is no record.
    header.writeUInt16BE(records.length > 0 ? 0x8180 : 0x8183, 2);
    header.writeUInt16BE(records.length, 6);
    header.writeUInt32BE(0, 8);
    socket.send(
      Buffer.concat([header, query.subarray(12, end), ...records]),
      from.port,
      from.address,
    );
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return createNodeNames({ servers: [`127.0.0.1:${socket.address().port}`] });
}

const never = new AbortController().signal;

test('a name has the addresses of both families that its name server says', async () => {
  const six = Buffer.from('20010db8000000000000000000000009', 'hex');
  const names = await nameServer({ [A]: [Buffer.of(10, 0, 0, 9)], [AAAA]: [six] });
  expect(await names.lookUp('tracker.example', never)).toEqual({
    ok: true,
    value: [
      { kind: 'ipv4', host: '10.0.0.9' },
      { kind: 'ipv6', host: '2001:db8::9' },
    ],
  });
});

test('a name that only one family has is found', async () => {
  const names = await nameServer({ [A]: [Buffer.of(10, 0, 0, 9)] });
  expect(await names.lookUp('tracker.example', never)).toMatchObject({ ok: true });
});

test('a name that nobody has is an error that says so', async () => {
  const found = await (await nameServer({})).lookUp('gone.example', never);
  expect(found).toMatchObject({ ok: false, error: { code: 'no-address' } });
  expect(!found.ok && found.error.message).toMatch(/^cannot look up "gone\.example": .*ENOTFOUND/);
});

test('a lookup that is aborted ends at once', async () => {
  const names = await nameServer('silent');
  const abort = new AbortController();
  const looking = names.lookUp('slow.example', abort.signal);
  abort.abort();
  expect(await looking).toMatchObject({ ok: false, error: { code: 'no-address' } });
  expect(await names.lookUp('slow.example', abort.signal)).toMatchObject({ ok: false });
});

test('localhost needs no name server', async () => {
  expect(await createNodeNames().lookUp('LocalHost', never)).toEqual({
    ok: true,
    value: [
      { kind: 'ipv4', host: '127.0.0.1' },
      { kind: 'ipv6', host: '::1' },
    ],
  });
});

test('tests ask no name server but their own', async () => {
  const found = await createNodeNames({ servers: ['192.0.2.1'] }).lookUp('a.example', never);
  expect(!found.ok && found.error.message).toContain('on loopback only');
});

test('what is no name is an error too', async () => {
  const names = await nameServer({});
  for (const name of ['', '.', 'a..b', 'x'.repeat(300), 'ü\0']) {
    expect(await names.lookUp(name, never)).toMatchObject({ ok: false });
  }
});

/** The process that attacks: sends junk from many addresses of this machine, evenly. */
import dgram from 'node:dgram';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { createAddress } from '../../runtime/address/text.ts';
import { fromBase64 } from '../../runtime/base/bytes.ts';
import { createCrypto } from '../../runtime/crypto/create-crypto.ts';
import { createNodeRandom } from '../../runtime/env/node-random.ts';
import type { FlooderCommand, FlooderState } from './messages.ts';
import { createJunk } from './packets.ts';

const SOURCES = 64;

/** At once at most: a flooder that was held up does not make good for it in one blow. */
const BATCH_MAX = 500;

/** Sockets at addresses of 127/8, each in a /24 of its own; all at 127.0.0.1 where there are no others. */
async function openSources(): Promise<readonly dgram.Socket[]> {
  const open = (host: string): Promise<dgram.Socket> =>
    new Promise((resolve, reject) => {
      const socket = dgram.createSocket({
        type: 'udp4',
        lookup: (name, _options, callback) => callback(null, name, 4),
      });
      socket.once('error', reject);
      // What comes back is not wanted.
      socket.bind({ address: host, port: 0 }, () => resolve(socket));
    });
  return Promise.all(
    Array.from({ length: SOURCES }, (_, at) =>
      open(`127.66.${at}.1`).catch(() => open('127.0.0.1')),
    ),
  );
}

async function flood({ kind, pps, seconds, port, known }: FlooderCommand): Promise<void> {
  const crypto = await createCrypto();
  const key = crypto.privateKey(fromBase64(known));
  if (!key.ok) throw new Error(key.error.message);
  const target = createAddress('127.0.0.1', port);
  const junk = createJunk(kind, { crypto, random: createNodeRandom(), target, known: key.value });
  const sources = await openSources();
  const told = once(process, 'message');
  report({ state: 'ready' });
  await told;
  const startMs = performance.now();
  let sent = 0;
  for (;;) {
    const passedMs = performance.now() - startMs;
    if (passedMs >= seconds * 1_000) break;
    const due = Math.min(BATCH_MAX, Math.floor((passedMs * pps) / 1_000) - sent);
    for (let count = 0; count < due; count++, sent++) {
      const bytes = junk[sent % junk.length];
      if (bytes !== undefined) sources[sent % SOURCES]?.send(bytes, port, '127.0.0.1');
    }
    await pause(1);
  }
  report({ state: 'done', sent, seconds: (performance.now() - startMs) / 1_000 });
  for (const socket of sources) socket.close();
}

function report(state: FlooderState): void {
  process.send?.(state);
}

process.once('message', (message) => {
  void flood(message as FlooderCommand).finally(() => process.disconnect());
});

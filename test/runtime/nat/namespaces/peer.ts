/**
 * A real node in a process of its own: told by one JSON argument what to be, it says on its output what happens to
 * it, one JSON line each, and ends with its input.
 */
import { printAddress } from '../../../../runtime/address/text.ts';
import { ConfigBuilder } from '../../../../runtime/config/config-builder.ts';
import { createNodeEnv } from '../../../../runtime/env/node-env.ts';
import { createNode } from '../../../../runtime/node/node.ts';
import { lamportSession } from '../../node/fixtures.ts';
import { PORT } from '../port.ts';
import type { PeerEvent, PeerOptions } from './peer-process.ts';

const { host, introducer, peers }: PeerOptions = JSON.parse(process.argv[2] ?? '{}');

function say(event: PeerEvent): void {
  process.stdout.write(`${JSON.stringify(event)}\n`);
}

const config = new ConfigBuilder()
  .clearKeys()
  .clearOverlays()
  .setAddress(host)
  .setPort(PORT)
  .setWalkerInterval(0.1)
  .addEphemeralKey('my peer')
  .addOverlay('Lamport', 'my peer', {
    walkers: peers === 0 ? [] : [{ strategy: 'RandomWalk', peers, init: { timeout: 1 } }],
    bootstrappers: [
      {
        class: 'KnownHosts',
        init: {
          ipAddresses: introducer === undefined ? [] : [[introducer, PORT]],
          bootstrapTimeout: 1,
        },
      },
    ],
  })
  .finalize();

const node = createNode(config, {
  env: {
    ...createNodeEnv(),
    log: {
      isOn: () => true,
      write(_level, text, fields) {
        if (text === 'no answer') say({ event: 'no answer', from: String(fields?.['address']) });
      },
    },
  },
  extraCommunities: { Lamport: lamportSession().community },
});
node.network.onPeerAdded((peer) => {
  const address = node.network.addressOf(peer);
  say({
    event: 'peer',
    id: peer.id,
    at: address === undefined ? 'nowhere' : printAddress(address),
  });
});
await node.start();
say({ event: 'started', id: node.overlay('Lamport')?.myPeer.id ?? '' });
process.stdin.on('end', () => void node.stop().then(() => process.exit(0)));
process.stdin.resume();

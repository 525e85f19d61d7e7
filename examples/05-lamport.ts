/**
 * Step 5: three peers find each other and push a Lamport clock, until every clock has passed
 * `--until`.
 */
import { mkdirSync } from 'node:fs';
import { ConfigBuilder, createNode, type Node } from '../runtime/index.ts';
import { ClockDisplay } from './clock-display.ts';
import { createLamport } from './lamport.ts';
import { readOptions } from './options.ts';
import { bootstrapFrom, localEnv, randomWalk, runExample, runFor } from './session.ts';

const KEY_FOLDER = '.lamport';
const PEERS = 3;

const { until, seconds, keys } = readOptions({
  until: 200,
  seconds: 60,
  keys: ['medium', 'curve25519'],
});

await runExample(async (start) => {
  const display = new ClockDisplay(process.stdout);
  const clocks = new Map<string, number>();
  let announce = (): void => {};
  const passed = new Promise<void>((resolve) => {
    announce = resolve;
  });
  const lamport = createLamport((overlay, clock) => {
    clocks.set(overlay.myPeer.id, clock);
    display.showClock(overlay, clock);
    if (clocks.size === PEERS && Math.min(...clocks.values()) > until) announce();
  });

  mkdirSync(KEY_FOLDER, { recursive: true });
  const nodes: Node[] = [];
  for (let number = 1; number <= PEERS; number++) {
    const alias = `my peer ${number}`;
    const config = new ConfigBuilder()
      .setAddress('127.0.0.1')
      .setWorkingDirectory(KEY_FOLDER)
      .setWalkerInterval(0.1)
      .clearKeys()
      .clearOverlays()
      .addKey(alias, keys, `${keys}-${number}.pem`)
      .addOverlay('Lamport', alias, {
        walkers: [randomWalk],
        bootstrappers: bootstrapFrom(nodes[0]?.address),
        onStart: ['started'],
      })
      .finalize();
    const node = createNode(config, {
      env: localEnv('WARNING'),
      extraCommunities: { Lamport: lamport },
    });
    node.network.onPeerAdded((peer) => {
      const overlay = node.overlay('Lamport');
      if (overlay !== undefined) display.showPeer(overlay, peer);
    });
    await start(node);
    nodes.push(node);
  }

  const ending = await runFor(seconds, passed);
  const haveMet = nodes.every((node) => node.overlay('Lamport')?.peers().length === PEERS - 1);

  display.close();
  if (ending === 'goal reached') {
    console.log(`all ${PEERS} clocks have passed ${until}`);
  } else if (ending === 'interrupted') {
    console.log('stopped');
    process.exitCode = 130;
  } else {
    const shown = [...clocks.values()].join(', ') || 'none has moved';
    const what = haveMet ? `the clocks have not all passed ${until}` : 'the peers have not all met';
    console.error(`After ${seconds} s ${what} (clocks: ${shown}).`);
    process.exitCode = 3;
  }
});

import { test } from 'vitest';
import { createCrypto } from '/work/main/runtime/crypto/create-crypto.ts';
import { createNode } from '/work/main/runtime/node/node.ts';
import { createWorld } from '/work/main/runtime/simulation/world.ts';
import { lamportConfig, lamportSession, peerCount } from '/work/main/test/runtime/node/fixtures.ts';
test('probe', async () => {
  const crypto = await createCrypto();
  const world = createWorld({ seed: 5 });
  const nodes = [];
  for (let i = 1; i <= 40; i++) {
    const host = `10.0.0.${i}`;
    const node = createNode(lamportConfig(host, { hosts: [['10.0.0.1', 8090]] }), { env: world.env(host), crypto, extraCommunities: { Lamport: lamportSession().community } });
    void node.start(); nodes.push(node);
  }
  for (let t = 0; t < 8; t++) { await world.run({ forMs: 5000 }); const c = nodes.map(peerCount); console.log(world.now, Math.min(...c), c.reduce((a,b)=>a+b)/40, Math.max(...c)); }
});

/** Ten peers of py-ipv8 and ten of ours: each comes to know every other one. */
import type { Case } from '../case.ts';
import { labCase } from '../lab/lab.ts';
import { type LabPeer, placeOf, RANDOM_WALK, untilAllKnow } from '../lab/lab-peer.ts';

const PAIRS = 10;

export const cases: readonly Case[] = [
  labCase(
    'twenty-nodes',
    async (lab) => {
      const options = {
        interval: 0.2,
        overlays: [{ class: 'Meeting', walkers: [RANDOM_WALK] }],
      };
      const peers: LabPeer[] = [];
      for (let count = 0; count < PAIRS; count++) {
        peers.push(await lab.python(options), await lab.typescript(options));
      }
      const [first, ...others] = peers;
      if (first === undefined) throw new Error('no peers');
      for (const peer of others) peer.discover(placeOf(first), 'old');
      await untilAllKnow(peers);
    },
    { secondsMax: 240 },
  ),
];

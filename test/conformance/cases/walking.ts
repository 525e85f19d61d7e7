/** Six peers in a row, each told of the one before: by walking all of them meet. */
import { expect, type Case } from '../case.ts';
import { labCase } from '../lab/lab.ts';
import { type LabPeer, placeOf, RANDOM_WALK, type Style, untilAllKnow } from '../lab/lab-peer.ts';

const PEERS = 6;
const REQUESTS = { old: 246, new: 234 } as const;

function caseOf(name: string, style: Style, host: string): Case {
  return labCase(name, async (lab) => {
    const overlays = [{ class: 'Meeting', walkers: [RANDOM_WALK] }];
    const peers: LabPeer[] = [];
    for (let count = 0; count < PEERS; count++) {
      const isPython = count % 2 === 0;
      const hosts = isPython ? [...new Set(['127.0.0.1', host])] : [host];
      const peer = await (isPython ? lab.python : lab.typescript)({ hosts, overlays });
      const before = peers.at(-1);
      if (before !== undefined) peer.discover(placeOf(before, host), style);
      peers.push(peer);
    }
    await untilAllKnow(peers);
    const [first, second] = peers;
    for (const peer of [first, second]) {
      const isAsked = peer?.events().some(({ id }) => id === REQUESTS[style]);
      expect(isAsked === true, `${peer?.name} was never asked in the ${style} form`);
    }
  });
}

export const cases: readonly Case[] = [
  caseOf('walking-old', 'old', '127.0.0.1'),
  caseOf('walking-new', 'new', '127.0.0.1'),
  caseOf('walking-ipv6', 'new', '::1'),
];

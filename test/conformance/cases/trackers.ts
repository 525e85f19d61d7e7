/** Peers that know nobody but a tracker meet: ours serves peers of both kinds, and so does one of py-ipv8. */
import { toHex } from '../../../runtime/base/bytes.ts';
import { createTracker } from '../../../runtime/tracker/tracker.ts';
import { expect, expectEqual, type Case } from '../case.ts';
import { labCase, type Lab } from '../lab/lab.ts';
import {
  type LabPeer,
  MEETING,
  type Place,
  placeOf,
  RANDOM_WALK,
  untilAllKnow,
} from '../lab/lab-peer.ts';

/** Two of each kind; the tracker itself is a peer of none of them. */
async function meetBy(lab: Lab, tracker: Place, trackerMid: string): Promise<void> {
  const overlays = [{ class: 'Meeting', walkers: [RANDOM_WALK], trackers: [tracker] }];
  const peers: LabPeer[] = [
    await lab.python({ overlays }),
    await lab.python({ overlays }),
    await lab.typescript({ overlays }),
    await lab.typescript({ overlays }),
  ];
  await untilAllKnow(peers);
  for (const peer of peers) {
    const isPeer = peer.events().some(({ event, mid }) => event === 'knows' && mid === trackerMid);
    expect(!isPeer, `${peer.name} takes the tracker for a peer`);
  }
}

/** Our tracker, with its usual key. It has the peers when they have met. */
async function ours(lab: Lab): Promise<void> {
  const { env } = lab.context;
  const interfaces = [{ interface: 'UDPIPv4', ip: '127.0.0.1', port: 0 }] as const;
  const tracker = createTracker({ interfaces, env });
  await lab.context.start(tracker);
  const { host, port } = tracker.addresses[0] ?? { host: '', port: 0 };
  await meetBy(lab, [host, port], toHex(tracker.mid ?? new Uint8Array()));
  expectEqual(
    tracker.communities.map(({ id, peers }) => [id, peers.length]),
    [[MEETING, 4]],
    'what our tracker serves',
  );
  const wrong = ['bad-signature', 'decode', 'bad-key'].filter(
    (reason) => (tracker.counters[reason] ?? 0) > 0,
  );
  expectEqual(wrong, [], 'why our tracker dropped what py-ipv8 sent');
}

async function theirs(lab: Lab): Promise<void> {
  const tracker = await lab.pythonTracker();
  await meetBy(lab, placeOf(tracker), tracker.mid);
}

export const cases: readonly Case[] = [
  labCase('tracker-ours', ours),
  labCase('tracker-python', theirs),
];

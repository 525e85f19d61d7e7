/** Peers tell each other which communities they are in, once they have met in the discovery community alone. */
import { expect, expectEqual, type Case } from '../case.ts';
import { labCase, type Lab } from '../lab/lab.ts';
import {
  DISCOVERY,
  type LabPeer,
  MEETING,
  placeOf,
  untilAllKnow,
  untilReceived,
} from '../lab/lab-peer.ts';

const [REQUEST, RESPONSE] = [1, 2];
const OVERLAYS = [{ class: 'Meeting' }, { class: 'DiscoveryCommunity' }];

async function meet(asking: LabPeer, asked: LabPeer): Promise<void> {
  asking.walk(placeOf(asked), 'old');
  await untilAllKnow([asking, asked], DISCOVERY);
  await untilReceived(asked, REQUEST, asking);
  await untilReceived(asking, RESPONSE, asked);
  await untilAllKnow([asking, asked], MEETING);
  for (const peer of [asking, asked]) {
    const heard = peer.events().filter(({ event, overlay }) => {
      return event === 'received' && overlay === MEETING;
    });
    expectEqual(heard, [], `what ${peer.name} heard in the other overlay`);
  }
}

/** A peer that is in the discovery community alone is not taken for one of the other overlay. */
async function meetStranger(asking: LabPeer, stranger: LabPeer): Promise<void> {
  asking.walk(placeOf(stranger), 'old');
  await untilAllKnow([asking, stranger], DISCOVERY);
  await untilReceived(stranger, REQUEST, asking);
  await untilReceived(asking, RESPONSE, stranger);
  const isWrong = asking.events().some(({ event, mid, overlay }) => {
    return event === 'knows' && mid === stranger.mid && overlay === MEETING;
  });
  expect(!isWrong, `${asking.name} takes ${stranger.name} for a peer of the other overlay`);
}

async function once(lab: Lab): Promise<void> {
  const kinds = [lab.python, lab.typescript];
  for (const [asking, asked] of [kinds, [...kinds].reverse()]) {
    if (asking === undefined || asked === undefined) continue;
    await meet(await asking({ overlays: OVERLAYS }), await asked({ overlays: OVERLAYS }));
    const stranger = await asked({ overlays: [{ class: 'DiscoveryCommunity' }] });
    await meetStranger(await asking({ overlays: OVERLAYS }), stranger);
  }
}

/** Asked again and again by the strategy: a peer learns that the other has left nothing unsaid. */
async function periodically(lab: Lab): Promise<void> {
  const periodic = { strategy: 'PeriodicSimilarity', peers: -1, init: {} } as const;
  const overlays = [{ class: 'Meeting' }, { class: 'DiscoveryCommunity', walkers: [periodic] }];
  const python = await lab.python({ overlays });
  const typescript = await lab.typescript({ overlays });
  python.walk(placeOf(typescript), 'old');
  await untilAllKnow([python, typescript], MEETING);
  for (const peer of [python, typescript]) {
    for (const id of [REQUEST, RESPONSE]) {
      let count = 0;
      await peer.until((event) => event['id'] === id && ++count === 3, `third message ${id}`);
    }
  }
}

export const cases: readonly Case[] = [
  labCase('similarity', once),
  labCase('similarity-periodic', periodically),
];

/**
 * Three peers of py-ipv8, with the module that `ipv8c` makes for Python, and three of ours push Lamport clocks past 500:
 * each of one kind with each of the other.
 */
import { Clock, lamportProtocol, sendClock } from '../../../generated/lamport.ts';
import type { AnyCommunity } from '../../../runtime/community/any-community.ts';
import type { Community } from '../../../runtime/community/overlay.ts';
import type { KeyLevel } from '../../../runtime/crypto/keys.ts';
import type { Case } from '../case.ts';
import type { EventLog } from '../event-log.ts';
import type { TypeScriptPeer } from '../lab/typescript-peer.ts';
import { labCase, type Lab } from '../lab/lab.ts';
import {
  type LabPeer,
  placeOf,
  RANDOM_WALK,
  untilAllKnow,
  untilReceived,
} from '../lab/lab-peer.ts';

const PEERS_OF_A_KIND = 3;
const GOAL = 500;

/** The rule of the tutorial: on from the later one of both clocks, and back to whom told us. As in `lamport_clock.py`. */
function lamport(log: EventLog): Readonly<Record<string, AnyCommunity>> {
  const community: Community<typeof lamportProtocol> = {
    protocol: lamportProtocol,
    create(overlay) {
      let clock = 0;
      let isQuiet = true;
      // Clocks may get lost on their way.
      overlay.tasks.repeat('stir', { intervalMs: 1_000, delayMs: 1_000 }, () => {
        if (isQuiet) for (const peer of overlay.peers()) sendClock(overlay, peer, { clock });
        isQuiet = true;
      });
      return {
        handlers: {
          clock(message, { peer }) {
            isQuiet = false;
            clock = Math.max(clock, message.clock) + 1;
            log.push({ event: 'clock', clock });
            sendClock(overlay, peer, { clock });
          },
        },
      };
    },
  };
  return { Lamport: community };
}

async function push(lab: Lab, level: KeyLevel): Promise<void> {
  // Who knows all the others walks no more: signatures of medium keys take milliseconds.
  const walk = { ...RANDOM_WALK, peers: 2 * PEERS_OF_A_KIND - 1 };
  const overlays = [{ class: 'Lamport', walkers: [walk] }];
  const options = { level, overlays };
  const numbers = Array.from({ length: PEERS_OF_A_KIND });
  const pythons = await Promise.all(numbers.map(() => lab.python(options)));
  const ours = await Promise.all(
    numbers.map(() => lab.typescript({ ...options, communities: lamport })),
  );
  const peers: readonly LabPeer[] = [...pythons, ...ours];
  for (const [at, peer] of peers.entries()) {
    const next = peers[(at + 1) % peers.length] ?? peer;
    peer.discover(placeOf(next), 'old');
  }
  await untilAllKnow(peers, lamportProtocol.communityId);

  for (const [row, python] of pythons.entries()) {
    for (const [column, own] of ours.entries()) {
      // Every other pair is begun by Python. More than one message on its way in each would be waste.
      if ((row + column) % 2 === 0) python.tell('begin', { mid: own.mid });
      else begin(own, python);
    }
  }
  for (const python of pythons) {
    for (const own of ours) {
      await untilReceived(python, Clock.id, own);
      await untilReceived(own, Clock.id, python);
    }
  }
  const isPast = ({ event, clock }: { readonly [detail: string]: unknown }): boolean =>
    event === 'clock' && Number(clock) > GOAL;
  await Promise.all(peers.map((peer) => peer.until(isPast, `clock of ${peer.name} past ${GOAL}`)));
}

function begin({ overlay }: TypeScriptPeer, other: LabPeer): void {
  const peer = overlay.peers().find(({ id }) => id === other.mid);
  if (peer === undefined) throw new Error(`${other.name} is no peer any more`);
  sendClock(overlay, peer, { clock: 0 });
}

function caseOf(level: KeyLevel): Case {
  return labCase(`lamport-${level}`, (lab) => push(lab, level), {
    isGenerated: true,
    secondsMax: 240,
  });
}

export const cases: readonly Case[] = [caseOf('curve25519'), caseOf('medium')];

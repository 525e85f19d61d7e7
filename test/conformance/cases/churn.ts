/** Of four peers that met, two leave without a word: the others ping them, forget them, and keep each other. */
import { expectEqual, type Case } from '../case.ts';
import { labCase } from '../lab/lab.ts';
import {
  DISCOVERY,
  type LabPeer,
  placeOf,
  RANDOM_WALK,
  type Style,
  untilAllKnow,
  untilReceived,
} from '../lab/lab-peer.ts';

const [PING, PONG] = [3, 4];

/** Seconds; the pauses of py-ipv8, made short. Whoever lives is pinged ten times before it is dropped. */
const CHURN = {
  strategy: 'RandomChurn',
  peers: -1,
  init: { sample_size: 8, ping_interval: 0.5, inactive_time: 1, drop_time: 6 },
} as const;

function caseOf(name: string, style: Style, host: string): Case {
  return labCase(name, async (lab) => {
    const overlays = [{ class: 'DiscoveryCommunity', walkers: [RANDOM_WALK, CHURN] }];
    const pythonHosts = [...new Set(['127.0.0.1', host])];
    const first = await lab.python({ hosts: pythonHosts, overlays });
    const second = await lab.typescript({ hosts: [host], overlays });
    const leaving = [
      await lab.python({ hosts: pythonHosts, overlays }),
      await lab.typescript({ hosts: [host], overlays }),
    ];
    for (const peer of [second, ...leaving]) peer.discover(placeOf(first, host), style);
    await untilAllKnow([first, second, ...leaving], DISCOVERY);

    for (const peer of leaving) await peer.stop();
    for (const peer of [first, second]) {
      for (const gone of leaving) await untilLost(peer, gone);
    }
    await untilReceived(first, PING, second);
    await untilReceived(second, PONG, first);
    await untilReceived(second, PING, first);
    await untilReceived(first, PONG, second);
    for (const [peer, other] of [
      [first, second],
      [second, first],
    ] as const) {
      const lost = peer.events().filter(({ event, mid }) => event === 'lost' && mid === other.mid);
      expectEqual(lost, [], `${other.name}, which lives, in what ${peer.name} lost`);
    }
  });
}

async function untilLost(peer: LabPeer, gone: LabPeer): Promise<void> {
  const isLost = ({ event, mid }: { readonly [detail: string]: unknown }): boolean =>
    event === 'lost' && mid === gone.mid;
  await peer.until(isLost, `loss of ${gone.name} by ${peer.name}`);
}

export const cases: readonly Case[] = [
  caseOf('churn-old', 'old', '127.0.0.1'),
  caseOf('churn-new', 'new', '127.0.0.1'),
  caseOf('churn-ipv6', 'new', '::1'),
];

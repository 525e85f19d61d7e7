/** One peer introduces a second to a third, who are of every mix of kinds, and the way between them is opened. */
import { expect, expectEqual, type Case } from '../case.ts';
import { labCase, type Lab } from '../lab/lab.ts';
import { type LabPeer, placeOf, type Style, untilAllKnow, untilReceived } from '../lab/lab-peer.ts';

/** Who is Python: all mixes of the requester, the introducer and the introduced peer. */
const MIXES = [
  ['python', 'typescript', 'python'],
  ['typescript', 'python', 'typescript'],
  ['python', 'typescript', 'typescript'],
  ['typescript', 'python', 'python'],
  ['python', 'python', 'typescript'],
  ['typescript', 'typescript', 'python'],
] as const;

/** Message ids: request, response, puncture request, puncture. */
const IDS = { old: [246, 245, 250, 249], new: [234, 233, 232, 231] } as const;

type Way = { readonly style: Style; readonly hosts: readonly [string, string, string] };

/**
 * Hosts of their own: peers that are seen at one host take each other to be behind one NAT, and send
 * their punctures to an address inside it (py-ipv8 3.2 community.py:589).
 */
const IPV4 = ['127.0.0.1', '127.0.0.2', '127.0.0.3'] as const;
const IPV6 = ['::1', '::1', '::1'] as const;

async function introduce(lab: Lab, mix: (typeof MIXES)[number], way: Way): Promise<void> {
  const { style, hosts } = way;
  const [requester, introducer, introduced] = await Promise.all([
    start(lab, mix[0], hosts[0]),
    start(lab, mix[1], hosts[1]),
    start(lab, mix[2], hosts[2]),
  ]);
  const [request, response, punctureRequest, puncture] = IDS[style];
  introduced.walk(placeOf(introducer, hosts[1]), style);
  await untilAllKnow([introduced, introducer]);
  await untilReceived(introducer, request, introduced);
  await untilReceived(introduced, response, introducer);

  requester.walk(placeOf(introducer, hosts[1]), style);
  await untilAllKnow([requester, introducer]);
  await untilReceived(introducer, request, requester);
  await untilReceived(requester, response, introducer);
  await untilReceived(introduced, punctureRequest, introducer);
  await untilReceived(requester, puncture, introduced);
  const walkable = await requester.walkable();
  const place = placeOf(introduced, hosts[2]);
  expect(
    walkable.some((each) => String(each) === String(place)),
    `${requester.name} may walk to ${JSON.stringify(walkable)}, which is not ${String(place)}`,
  );

  requester.walk(place, style);
  await untilAllKnow([requester, introduced]);
  await untilReceived(introduced, request, requester);
  await untilReceived(requester, response, introduced);
  const other = style === 'old' ? IDS.new : IDS.old;
  for (const peer of [requester, introducer, introduced]) {
    const wrong = peer.events().filter(({ id }) => other.some((each) => each === id));
    expectEqual(wrong, [], `what ${peer.name} received in the other form`);
  }
}

function start(lab: Lab, kind: 'python' | 'typescript', host: string): Promise<LabPeer> {
  // py-ipv8 3.2.1 cannot ask for introductions without an IPv4 socket (community.py:259).
  const isSecond = kind === 'python' && host.includes(':');
  return lab[kind]({ hosts: isSecond ? ['127.0.0.1', host] : [host] });
}

function caseOf(name: string, way: Way): Case {
  return labCase(name, async (lab) => {
    for (const mix of MIXES) await introduce(lab, mix, way);
  });
}

export const cases: readonly Case[] = [
  caseOf('introduction-old', { style: 'old', hosts: IPV4 }),
  caseOf('introduction-new', { style: 'new', hosts: IPV4 }),
  caseOf('introduction-ipv6', { style: 'new', hosts: IPV6 }),
];

/** Peers of py-ipv8, in one process for each case. */
import type { Child } from '../child.ts';
import type { LabOptions, LabPeer, Place } from './lab-peer.ts';

/** Starts a peer in the process that runs `peers.py`. */
export async function startPython(
  child: Child,
  name: string,
  options: LabOptions,
): Promise<LabPeer> {
  const { hosts = ['127.0.0.1'], level = 'curve25519', interval = 0.1 } = options;
  const { overlays = [{ class: 'Meeting' }] } = options;
  const tell = (action: string, details: object = {}): void =>
    child.send({ do: action, peer: name, ...details });
  const until: LabPeer['until'] = (fits, what) =>
    child.until((event) => event['peer'] === name && fits(event), what);
  const ask = async (action: string): Promise<Readonly<Record<string, unknown>>> => {
    const before = child.log.events.length;
    tell(action);
    return until((event) => event.event === action && isAfter(child, event, before), action);
  };
  tell('start', { hosts, level, interval, overlays });
  const started = await until(({ event }) => event === 'started', 'start');
  return {
    name,
    kind: 'python',
    mid: String(started['mid']),
    places: started['addresses'] as readonly Place[],
    until,
    events: () => child.log.events.filter((event) => event['peer'] === name),
    walk: ([host, port], style) => tell('walk', { host, port, style }),
    discover: ([host, port], style) => tell('discover', { host, port, style }),
    walkable: async () => (await ask('walkable'))['addresses'] as readonly Place[],
    async stop() {
      tell('stop');
      await until(({ event }) => event === 'stopped', 'stop');
    },
  };
}

function isAfter(child: Child, event: object, before: number): boolean {
  return child.log.events.indexOf(event as never) >= before;
}

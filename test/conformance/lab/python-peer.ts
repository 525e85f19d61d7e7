/** Peers of py-ipv8, in one process for each case. */
import type { Child } from '../child.ts';
import type { PeerEvent } from '../event-log.ts';
import type { LabOptions, LabPeer, LabServer, Place } from './lab-peer.ts';

export type PythonPeer = LabPeer & {
  readonly kind: 'python';
  /** Has it do what one of the methods in `peer.py` does. */
  tell(action: string, details?: object): void;
  /** The same, for what reports an event of the action's name: this event. */
  ask(action: string, details?: object): Promise<PeerEvent>;
};

/** Starts a peer in the process that runs `peers.py`. */
export async function startPython(
  child: Child,
  name: string,
  options: LabOptions,
): Promise<PythonPeer> {
  const { hosts = ['127.0.0.1'], level = 'curve25519', interval = 0.1 } = options;
  const { overlays = [{ class: 'Meeting' }] } = options;
  const tell = (action: string, details: object = {}): void =>
    child.send({ do: action, peer: name, ...details });
  const until: LabPeer['until'] = (fits, what) =>
    child.until((event) => event['peer'] === name && fits(event), what);
  const ask: PythonPeer['ask'] = (action, details) => {
    const before = new Set(child.log.events);
    tell(action, details);
    return until((event) => event.event === action && !before.has(event), `answer to ${action}`);
  };
  tell('start', { hosts, level, interval, overlays });
  const started = await until(({ event }) => event === 'started', 'start');
  return {
    name,
    kind: 'python',
    mid: String(started['mid']),
    places: started['addresses'] as readonly Place[],
    until,
    tell,
    ask,
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

/** Starts a tracker in the same process. */
export async function startPythonTracker(child: Child, name: string): Promise<LabServer> {
  child.send({ do: 'track', peer: name });
  const said = (what: string) =>
    child.until(({ event, peer }) => event === what && peer === name, `${what} of ${name}`);
  const started = await said('started');
  return {
    name,
    mid: String(started['mid']),
    places: started['addresses'] as readonly Place[],
    async stop() {
      child.send({ do: 'stop', peer: name });
      await said('stopped');
    },
  };
}

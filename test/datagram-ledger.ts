/**
 * Every datagram is counted once: checked at the end of every test, of every endpoint, overlay and
 * node that the test made. `setup.ts` puts `watchEndpoint`, `watchJoin` and `watchNode` around the
 * runtime's own functions; what sockets hand over is counted here once more, independently.
 */
import type { JoinParts, RunningOverlay } from '../runtime/community/join-parts.ts';
import { Demultiplexer } from '../runtime/endpoint/demultiplexer.ts';
import type { Endpoint } from '../runtime/endpoint/endpoint.ts';
import type { Env } from '../runtime/env/env.ts';
import type { Node } from '../runtime/node/node.ts';

/** Says what does not agree; undefined when all does. */
type Check = () => string | undefined;

/** Those made since the last check are held, others only as long as somebody else needs them. */
let fresh: object[] = [];
let older: WeakRef<object>[] = [];
const checks = new WeakMap<object, Check>();

function watch(made: object, check: Check): void {
  fresh.push(made);
  checks.set(made, check);
}

/** Everything that does not agree. */
export function findMiscounts(): string[] {
  const known = older.map((ref) => ref.deref()).filter((one) => one !== undefined);
  const all = [...known, ...fresh];
  older = all.map((one) => new WeakRef(one));
  fresh = [];
  return all.flatMap((one) => checks.get(one)?.() ?? []);
}

/** Looks at none of them any more. */
export function forgetWatched(): void {
  fresh = [];
  older = [];
}

function sum(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((total, count) => total + count, 0);
}

type Counted = { received: number; bytes: number };

/** The surroundings, in which every datagram that a socket hands over is counted. */
export function countReceived(env: Env, counted: Counted): Env {
  const bind: Env['datagrams']['bind'] = (at, callbacks) =>
    env.datagrams.bind(at, {
      onError: (error) => callbacks.onError(error),
      onDatagram(bytes, from) {
        counted.received += 1;
        counted.bytes += bytes.length;
        callbacks.onDatagram(bytes, from);
      },
    });
  return { ...env, datagrams: { ...env.datagrams, bind } };
}

/** An endpoint that was opened, and what its socket handed over. */
export function watchEndpoint(endpoint: Endpoint, counted: Counted): void {
  watch(endpoint, () => {
    const { received, receivedBytes } = endpoint.counters;
    if (received === counted.received && receivedBytes === counted.bytes) return undefined;
    return (
      `an endpoint counts ${received} datagrams of ${receivedBytes} bytes,` +
      ` and its socket gave it ${counted.received} of ${counted.bytes}`
    );
  });
}

const overlaysOf = new WeakMap<object, RunningOverlay[]>();

/** An overlay that was joined: all on one demultiplexer together count what that delivered. */
export function watchJoin({ demultiplexer }: JoinParts, running: RunningOverlay): void {
  if (!(demultiplexer instanceof Demultiplexer)) return;
  const overlays = overlaysOf.get(demultiplexer) ?? [];
  overlaysOf.set(demultiplexer, overlays);
  overlays.push(running);
  if (overlays.length > 1) return;
  watch(demultiplexer, () => {
    const { delivered } = demultiplexer.counters;
    const counted = overlays.reduce((total, { counters }) => total + sum(counters), 0);
    if (delivered === counted) return undefined;
    return `${delivered} datagrams were delivered to overlays, which count ${counted}`;
  });
}

/** A node that was made: its outcomes are as many as its endpoint received. */
export function watchNode(node: Node): void {
  watch(node, () => {
    const counted = sum(node.counters);
    const { received } = node.traffic;
    if (counted === received) return undefined;
    return `a node counts ${counted} datagrams by outcome and received ${received}`;
  });
}

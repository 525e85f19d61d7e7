/** Three processes: a node, who floods it, and here a client that goes on asking. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { requestPing } from '../../generated/dht.ts';
import { concatBytes, toBase64 } from '../../runtime/base/bytes.ts';
import { createNodeRandom } from '../../runtime/env/node-random.ts';
import type { Node } from '../../runtime/node/node.ts';
import type { FlooderCommand, FlooderState, VictimCommand, VictimState } from './messages.ts';
import { createRigNode, OVERLAY } from './node-of.ts';
import type { Kind } from './packets.ts';
import type { KindReport } from './report.ts';

export type FloodOptions = {
  readonly pps: number;
  readonly seconds: number;
  /** Requests of the client a second. */
  readonly requests: number;
};

/** Where the bundled programs are. */
const PROGRAMS = new URL('.', import.meta.url);

const IDLE_SECONDS = 3;
const MEETING_SECONDS_MAX = 60;
const REQUEST_TIMEOUT_MS = 2_000;
const MIB = 2 ** 20;

/** One kind of junk against a node that was just made. */
export async function flood(kind: Kind, options: FloodOptions): Promise<KindReport> {
  const victimKey = newKey();
  const known = newKey();
  const client = createRigNode(known);
  // The victim must know its client's address, and the client the victim's: the client is made anew.
  await client.start();
  const port = client.address?.port ?? 0;
  const victim = start('victim.js', [victimKey, '127.0.0.1', String(port)]);
  try {
    const { port: victimPort } = await command(victim, 'start');
    client.network.discoverAddress(
      { kind: 'ipv4', host: '127.0.0.1', port: victimPort },
      client.overlays[0]?.myPeer ?? never(),
      client.overlays[0]?.communityId ?? '',
    );
    await meet(victim);
    return await measure({ kind, options, victim, client, victimPort, known });
  } finally {
    await client.stop();
    if (victim.connected) victim.disconnect();
  }
}

type Setting = {
  readonly kind: Kind;
  readonly options: FloodOptions;
  readonly victim: ChildProcess;
  readonly client: Node;
  readonly victimPort: number;
  readonly known: string;
};

async function measure(setting: Setting): Promise<KindReport> {
  const { kind, options, victim, victimPort, known } = setting;
  const { pps, seconds } = options;
  const flooder = start('flooder.js', []);
  const ready = nextState<FlooderState>(flooder);
  flooder.send({ kind, pps, seconds, port: victimPort, known } satisfies FlooderCommand);
  await command(victim, 'mark');
  await ask(setting, () => pause(IDLE_SECONDS * 1_000));
  const idle = await command(victim, 'mark');
  await ready;
  let done: FlooderState | undefined;
  const { asked, answered } = await ask(setting, async () => {
    const ending = nextState<FlooderState>(flooder);
    flooder.send('go');
    done = await ending;
  });
  const after = await command(victim, 'measure');
  if (done?.state !== 'done') throw new Error('the flooder ended early');
  return {
    kind,
    pps: done.sent / done.seconds,
    received: after.received,
    lost: after.lost,
    requests: asked,
    success: answered / asked,
    loopP99Ms: after.loopP99Ms,
    idleLoopP99Ms: idle.loopP99Ms,
    rssGrowthMiB: (after.memory.rss - idle.memory.rss) / MIB,
    heldGrowthMiB: (after.memory.held - idle.memory.held) / MIB,
    cpuUsEach: (after.cpuMs * 1_000) / Math.max(1, after.received),
    outcomes: after.outcomes,
  };
}

/** Asks evenly while `meanwhile` lasts; what a held-up timer missed is asked at once. */
async function ask(
  { client, victimPort, options }: Setting,
  meanwhile: () => Promise<unknown>,
): Promise<{ asked: number; answered: number }> {
  const overlay = client.overlay(OVERLAY) ?? never();
  const to = { kind: 'ipv4', host: '127.0.0.1', port: victimPort } as const;
  const asking: Promise<boolean>[] = [];
  const startMs = performance.now();
  const timer = setInterval(() => {
    const due = ((performance.now() - startMs) * options.requests) / 1_000;
    while (asking.length < due) {
      const answer = requestPing(overlay, to, { timeoutMs: REQUEST_TIMEOUT_MS, retries: 0 });
      asking.push(answer.then(({ ok }) => ok));
    }
  }, 1_000 / options.requests);
  await meanwhile();
  clearInterval(timer);
  const answers = await Promise.all(asking);
  return { asked: answers.length, answered: answers.filter(Boolean).length };
}

/** Waits until the victim has seen its client answer. */
async function meet(victim: ChildProcess): Promise<void> {
  for (let waited = 0; waited < MEETING_SECONDS_MAX; waited++) {
    await pause(1_000);
    if ((await command(victim, 'measure')).isProved) return;
  }
  throw new Error('the node and its client did not meet');
}

function start(program: string, args: readonly string[]): ChildProcess {
  return fork(new URL(program, PROGRAMS), args, { execArgv: ['--expose-gc'] });
}

function command(victim: ChildProcess, name: VictimCommand['command']): Promise<VictimState> {
  victim.send({ command: name } satisfies VictimCommand);
  return nextState(victim);
}

/** Rejects when the process ends before it says something. */
async function nextState<State>(child: ChildProcess): Promise<State> {
  const waiting = new AbortController();
  const { signal } = waiting;
  const ended = once(child, 'exit', { signal }).then(([code]) => {
    throw new Error(`a process of the rig ended with ${String(code)}`);
  });
  const said = once(child, 'message', { signal }).then(([message]) => message as State);
  try {
    return await Promise.race([said, ended]);
  } finally {
    waiting.abort();
    await Promise.allSettled([said, ended]);
  }
}

function newKey(): string {
  const tag = new TextEncoder().encode('LibNaCLSK:');
  return toBase64(concatBytes(tag, createNodeRandom().bytes(64)));
}

function never(): never {
  throw new Error('the client has no overlay');
}

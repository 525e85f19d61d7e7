import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { existsSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import {
  ConfigBuilder,
  createNode,
  type HostConfig,
  parseAddress,
} from '../../../runtime/index.ts';
import { ROOT } from '../emit/temporary-modules.ts';
import { createWorkspace, type Outcome } from './workspace.ts';

function workspace() {
  const here = createWorkspace({});
  onTestFinished(() => here.remove());
  return here;
}

/** Runs a tracker until `use` has ended, which is given the first line it says. */
async function running(
  args: readonly string[],
  use: (line: string) => Promise<void>,
  here = workspace(),
): Promise<Outcome & { readonly lines: readonly string[] }> {
  let stop = (): void => {};
  const stopped = new Promise<void>((resolve) => (stop = resolve));
  const lines: string[] = [];
  const outcome = await here.run(['tracker', ...args], {
    createStopSignals: () => ({ stopped, close: () => {} }),
    out: (text) => {
      lines.push(text);
      if (lines.length === 1) void use(text).finally(stop);
    },
  });
  return { ...outcome, lines };
}

/** A node that knows nothing but the tracker. */
function nodeAt(tracker: HostConfig) {
  const config = new ConfigBuilder()
    .clearKeys()
    .clearOverlays()
    .setAddress('127.0.0.1')
    .setPort(0)
    .setLogLevel('ERROR')
    .setWalkerInterval(0.02)
    .addEphemeralKey('me')
    .addOverlay('DiscoveryCommunity', 'me', {
      walkers: [{ strategy: 'RandomWalk', peers: 10, init: {} }],
      bootstrappers: [{ class: 'DispersyBootstrapper', init: { ipAddresses: [tracker] } }],
    })
    .finalize();
  return createNode(config);
}

test('two nodes that know a tracker find each other, and it says what it serves', async () => {
  const { code, err, lines } = await running(
    ['--listen', '127.0.0.1:0', '--json'],
    async (line) => {
      const { addresses, event } = JSON.parse(line) as { event: string; addresses: string[] };
      expect(event).toBe('listening');
      const { host, port } = parseAddress(addresses[0] ?? '') ?? { host: '', port: 0 };
      const nodes = [nodeAt([host, port]), nodeAt([host, port])];
      const met = nodes.map(
        (node) => new Promise<void>((resolve) => node.network.onPeerAdded(() => resolve())),
      );
      for (const node of nodes) await node.start();
      await Promise.all(met);
      for (const node of nodes) await node.stop();
    },
  );
  expect({ code, err }).toEqual({ code: 0, err: '' });
  const last = JSON.parse(lines.at(-1) ?? '') as Record<string, unknown>;
  expect(last).toMatchObject({
    event: 'stopped',
    communities: [{ id: '7e313685c1912a141279f8248fc8db5899c5df5a', peers: 2 }],
  });
}, 30_000);

test('in words: where it listens, and what it served', async () => {
  const { code, lines } = await running(['--listen', '127.0.0.1:0'], async () => {});
  expect(code).toBe(0);
  expect(lines[0]).toMatch(/^listening on 127\.0\.0\.1:\d+ as \S{28}\n$/);
  expect(lines.slice(1)).toEqual(['stopped: 0 communities, 0 peers; 0 datagrams in, 0 out\n']);
});

test('its key is made once, of the level asked for, and kept', async () => {
  const here = workspace();
  const args = ['--listen', '127.0.0.1:0', '--key', 'tracker.key', '--level', 'curve25519'];
  const first = await running(args, async () => {}, here);
  expect(existsSync(here.path('tracker.key'))).toBe(true);
  const second = await running(args, async () => {}, here);
  const name = (lines: readonly string[]) => / as (\S+)/.exec(lines[0] ?? '')?.[1];
  expect(name(second.lines)).toBe(name(first.lines));
});

test('a port that is taken is said, and no other one is used', async () => {
  await running(['--listen', '127.0.0.1:0', '--json'], async (line) => {
    const { addresses } = JSON.parse(line) as { addresses: string[] };
    const other = await running(['--listen', addresses[0] ?? ''], async () => {});
    expect(other.code).toBe(1);
    expect(other.err).toMatch(
      /^error: cannot open an endpoint at 127\.0\.0\.1: port \d+ is taken\n/,
    );
  });
});

test.each([
  [['--listen', 'localhost:8090'], '"localhost:8090" is no address to listen at'],
  [['--listen', '127.0.0.1:1', '--listen', '127.0.0.1:2'], 'one IPv4 and one IPv6'],
  [['--every', '0'], 'from 1 to 86400'],
  [['--level', 'hihg'], 'Allowed choices are'],
])('%j is wrong usage', async (args, says) => {
  const { code, err } = await workspace().run(['tracker', ...args]);
  expect(code).toBe(2);
  expect(err).toContain(says);
});

test.each(['SIGINT', 'SIGTERM'] as const)(
  '%s ends the process, in order',
  async (signal) => {
    const tsx = pathToFileURL(join(ROOT, 'node_modules/tsx/dist/loader.mjs')).href;
    const main = join(ROOT, 'compiler/cli/main.ts');
    const args = ['--import', tsx, main, 'tracker', '--listen', '127.0.0.1:0'];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    onTestFinished(() => void child.kill('SIGKILL'));
    const lines: string[] = [];
    for await (const line of createInterface({ input: child.stdout })) {
      lines.push(line);
      if (lines.length === 1) child.kill(signal);
    }
    if (child.exitCode === null) await once(child, 'exit');
    expect(child.exitCode).toBe(0);
    expect(lines.at(-1)).toMatch(/^stopped: /);
  },
  60_000,
);

/** Two nodes on a wire of their own: in network namespaces, which need root and iproute2. */
import { spawn, spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';

const ROOT = new URL('../../../', import.meta.url);
const TSX = new URL('node_modules/tsx/dist/loader.mjs', ROOT);
const PROGRAM = fileURLToPath(new URL('./lan-node.ts', import.meta.url));

function ip(...args: readonly string[]): void {
  const { status, stderr } = spawnSync('ip', args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`ip ${args.join(' ')}: ${stderr}`);
}

/** Two namespaces joined by a wire; nothing else is on it. */
function createWire(): readonly [string, string] {
  const names = ['a', 'b'].map((side) => `ipv8-${process.pid}-${side}`);
  const [a = '', b = ''] = names;
  onTestFinished(() => {
    for (const name of names) spawnSync('ip', ['netns', 'del', name]);
  });
  for (const name of names) ip('netns', 'add', name);
  ip('link', 'add', 'wire', 'netns', a, 'type', 'veth', 'peer', 'name', 'wire', 'netns', b);
  for (const [at, name] of names.entries()) {
    ip('-n', name, 'address', 'add', `10.77.0.${at + 1}/24`, 'dev', 'wire');
    for (const device of ['lo', 'wire']) ip('-n', name, 'link', 'set', device, 'up');
    ip('-n', name, 'route', 'add', 'default', 'dev', 'wire');
  }
  return [a, b];
}

function canMakeNamespaces(): boolean {
  const name = `ipv8-${process.pid}-probe`;
  const made = spawnSync('ip', ['netns', 'add', name]);
  if (made.error !== undefined || made.status !== 0) return false;
  spawnSync('ip', ['netns', 'del', name]);
  return true;
}

/** The first peer that a node in the namespace finds. */
async function firstPeer(namespace: string): Promise<string | undefined> {
  const command = ['netns', 'exec', namespace, process.execPath];
  const child = spawn(
    'ip',
    [...command, '--import', pathToFileURL(fileURLToPath(TSX)).href, PROGRAM],
    {
      stdio: ['pipe', 'pipe', 'inherit'],
    },
  );
  onTestFinished(() => {
    child.stdin.end();
  });
  for await (const line of createInterface({ input: child.stdout })) return line;
  return undefined;
}

test.skipIf(!canMakeNamespaces())(
  'two nodes that know nobody find each other by calling their network (needs root and iproute2)',
  async () => {
    const found = await Promise.all(createWire().map(firstPeer));
    expect(found).toEqual(['10.77.0.2:8090', '10.77.0.1:8090']);
  },
  120_000,
);

/**
 * What the packet trace costs while nobody listens: `npm run bench:trace`. The same program is bundled with the trace and
 * without a line of it, and both are run by turns, each time in a new process; a second bundle with the trace tells how
 * far equal programs differ. All of it is processor time, the least of many rounds, and is compared with what it takes to
 * receive the datagram at all. Ends with 1 when the trace takes a hundredth of that, or more, beyond how
 * far equal programs differ.
 */
import { execFile, spawn } from 'node:child_process';
import dgram from 'node:dgram';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { build, type Plugin } from 'esbuild';

/** Processes for each of the three programs. */
const TURNS = 8;
const COST_PERCENT_MAX = 1;

/** Every place where the trace is asked, and what stands there without it. */
const HOOKS: readonly (readonly [RegExp, string])[] = [
  [/!trace\.isOn/g, 'true'],
  [/\b(?:this\.#|this\.#parts\.)?trace\??\.isOn(?: === true)?/g, 'false'],
  [/packet: trace\.current/g, 'packet: 0'],
];
const HOOKED = /(endpoint\/demultiplexer|community\/router|community\/join)\.ts$/;

let removed = 0;
const withoutTrace: Plugin = {
  name: 'without the trace',
  setup({ onLoad }) {
    onLoad({ filter: HOOKED }, ({ path }) => {
      let contents = readFileSync(path, 'utf8');
      for (const [pattern, replacement] of HOOKS) {
        contents = contents.replace(pattern, () => {
          removed += 1;
          return replacement;
        });
      }
      return { contents, loader: 'ts' };
    });
  },
};

async function bundle(name: string, plugins: Plugin[]): Promise<string> {
  const outfile = `.cache/${name}.mjs`;
  await build({
    entryPoints: ['test/operations/trace-child.ts'],
    outfile,
    plugins,
    bundle: true,
    minifySyntax: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    packages: 'external',
    logLevel: 'warning',
  });
  return outfile;
}

/** Nanoseconds by workload. */
type Times = Readonly<Record<string, number>>;

async function measure(program: string): Promise<Times> {
  const { stdout } = await promisify(execFile)(process.execPath, [program]);
  return JSON.parse(stdout) as Times;
}

function least(all: readonly Times[], name: string): number {
  return Math.min(...all.map((times) => times[name] ?? Number.NaN));
}

/** Sends as fast as it can, a few at a time. */
const SENDER = `
const socket = require('node:dgram').createSocket('udp4');
const bytes = new Uint8Array(100);
const port = Number(process.argv[1]);
const go = () => {
  for (let count = 0; count < 50; count++) socket.send(bytes, port, '127.0.0.1');
  setImmediate(go);
};
go();
`;

/** Nanoseconds of processor time that this process takes to receive a datagram and do nothing with it. */
async function receiveNs(): Promise<number> {
  const socket = dgram.createSocket('udp4');
  let received = 0;
  socket.on('message', () => (received += 1));
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const sender = spawn(process.execPath, ['-e', SENDER, String(socket.address().port)]);
  await once(socket, 'message');
  const [before, from] = [process.cpuUsage(), received];
  await sleep(2_000);
  const { user, system } = process.cpuUsage(before);
  const count = received - from;
  sender.kill();
  socket.close();
  return ((user + system) * 1_000) / count;
}

const [hooked, again, bare] = [
  await bundle('trace-on', []),
  await bundle('trace-again', []),
  await bundle('trace-off', [withoutTrace]),
];
if (removed < 6)
  throw new Error(`${removed} places of the trace were found: HOOKS are out of date`);
const times = new Map<string, Times[]>([hooked, again, bare].map((program) => [program, []]));
for (let turn = 0; turn < TURNS; turn++) {
  for (const [program, measured] of times) measured.push(await measure(program));
}
const [on = [], other = [], off = []] = times.values();
const received = await receiveNs();
console.log(`receiving a datagram: ${received.toFixed(0)} ns`);
for (const name of Object.keys(on[0] ?? {})) {
  const ns = least(off, name);
  const costNs = least(on, name) - ns;
  const percent = (costNs / (received + ns)) * 100;
  const noiseNs = Math.abs(least(on, name) - least(other, name));
  console.log(
    `${name}: ${ns.toFixed(1)} ns; the trace ${costNs.toFixed(1)} ns, ${percent.toFixed(3)} % ` +
      `with the receiving; equal programs differ by ${noiseNs.toFixed(1)} ns`,
  );
  const beyondNoise = (Math.max(0, costNs - noiseNs) / (received + ns)) * 100;
  if (beyondNoise >= COST_PERCENT_MAX) process.exitCode = 1;
}

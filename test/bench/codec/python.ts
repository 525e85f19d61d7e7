/** py-ipv8 as a contender: its serializer with the payloads that `--target python` makes. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { prepareProjectPython } from '../../conformance/project-environment.ts';
import type { Worker } from './bench.ts';
import { contender as ours } from './contenders/ipv8.ts';
import { MESSAGE_NAMES, type MessageName, variantsOf } from './messages.ts';

const ROOT = new URL('../../..', import.meta.url).pathname;

/** The schema of each message. */
const MODULES: Readonly<Record<MessageName, string>> = {
  Clock: 'lamport',
  IntroductionRequest: 'introduction',
  IntroductionResponse: 'introduction',
  FindRequest: 'dht',
  StoreRequest: 'dht',
  FindResponse: 'dht',
  Data: 'tunnel',
  PeersResponse: 'tunnel',
};

/** @throws Error that says why it cannot be measured. */
export async function startPython(log: (line: string) => void): Promise<Worker> {
  const environment = await prepareProjectPython((text) => log(text.trimEnd()));
  const folder = mkdtempSync(join(tmpdir(), 'ipv8-bench-'));
  const compile = ['compiler/cli/main.ts', 'compile', 'schemas', '--target', 'python'];
  const { status, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', ...compile, '--out', folder],
    { cwd: ROOT, encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(stderr.slice(-300));
  const script = new URL('worker.py', import.meta.url).pathname;
  const child = spawn(environment.program('python'), [script, folder], {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let complaint = '';
  child.stderr.on('data', (text: Buffer) => (complaint += text.toString()));
  child.stdin.on('error', () => undefined);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const tell = async (question: object): Promise<unknown> => {
    child.stdin.write(`${JSON.stringify(question)}\n`);
    const answer = await lines.next();
    if (answer.done === true) throw new Error(complaint.trim().slice(-300));
    return JSON.parse(answer.value);
  };
  return {
    name: 'py-ipv8',
    versions: (await tell(recorded())) as Record<string, string>,
    sizes: {},
    hasEncodeInto: false,
    ask: (question) => tell(question) as Promise<number>,
    end() {
      child.stdin.end();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Module, class and the bytes of every variant of each message. */
function recorded(): object {
  const parts = MESSAGE_NAMES.map((name) => {
    const bytes = variantsOf(name).map((_, at) => ours.codecs[name]?.encode(at) as Uint8Array);
    const texts = bytes.map((one) => Buffer.from(one).toString('hex'));
    return [name, [MODULES[name], `${name}Payload`, texts]] as const;
  });
  return Object.fromEntries(parts);
}

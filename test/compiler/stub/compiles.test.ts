/** Files with stubs compile under every strict flag, wherever their handlers live. */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { community, field, message, model, uint } from '../emit/model-factories.ts';
import { emitToDirectory, ROOT } from '../emit/temporary-modules.ts';
import { request, reviewed } from './requests.ts';

const messages = [
  message('Ping', [field('a', uint(8))], { id: 1 }),
  message('Pong', [field('a', uint(16))], { id: 2, auth: 'unsigned' }),
];
const sample = emitToDirectory(model(['schemas/sample.ipv8', [community('Sample', messages)]]));
afterAll(() => sample.remove());

const WANTED = {
  ...request(),
  messages,
  protocol: { name: 'sampleProtocol', specifier: './sample.ts' },
  runtime: '../../runtime/index.ts',
};

const TYPE = "import type { SampleHandlers } from './sample.ts';\n";

const FILES: Readonly<Record<string, string>> = {
  'constant.ts': `${TYPE}export const mine: SampleHandlers = {};\n`,
  'satisfies.ts': `${TYPE}export const mine = {} satisfies SampleHandlers;\n`,
  'function.ts': `${TYPE}export function create(): SampleHandlers {\n  return {};\n}\n`,
  'class.ts': `${TYPE}export class Mine implements SampleHandlers {}\n`,
  'abstract.ts': `${TYPE}export abstract class Mine implements SampleHandlers {\n  readonly #count = 0;\n\n  count() {\n    return this.#count;\n  }\n}\n`,
  'generic.ts':
    "import type { Handlers } from '../../runtime/index.ts';\nimport type * as g from './sample.ts';\n\nexport class Mine implements Handlers<typeof g.sampleProtocol> {}\n",
};

test('stubs in objects, functions and classes compile', async () => {
  for (const [name, text] of Object.entries(FILES)) {
    const completed = await reviewed(text, WANTED, name);
    expect(completed.missing, name).toEqual(['ping', 'pong']);
    writeFileSync(join(sample.directory, name), completed.text);
  }
  const config = { extends: '../../tsconfig.json', include: ['*.ts'], exclude: [] };
  writeFileSync(join(sample.directory, 'tsconfig.json'), JSON.stringify(config));
  const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
  const said = spawnSync(process.execPath, [tsc, '-p', sample.directory], { encoding: 'utf8' });
  expect(said.stdout).toBe('');
  expect(said.status).toBe(0);
}, 60_000);

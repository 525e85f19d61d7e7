/** Whoever bundles one message gets neither the others nor the protocol. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { expect, test } from 'vitest';
import { ROOT } from './temporary-modules.ts';

/** Every message of a generated module; structs, which messages contain, have no id. */
function messagesOf(text: string): readonly string[] {
  return [
    ...text.matchAll(/^export class (\w+) \{\n(?: {2}.*\n)*? {2}static readonly id = /gm),
  ].map((match) => match[1] ?? '');
}

/** Modules that have something to leave out. */
const MODULES = ['generated', 'test/generated'].flatMap((folder) =>
  readdirSync(join(ROOT, folder))
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name))
    .filter((path) => messagesOf(readFileSync(join(ROOT, path), 'utf8')).length > 1),
);

/** The program that uses one name of a module, as a bundler makes it. */
async function bundle(path: string, name: string, target: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: {
      contents: `import { ${name} } from ${JSON.stringify(`./${path}`)};\nglobalThis.used = ${name};\n`,
      resolveDir: ROOT,
    },
    bundle: true,
    write: false,
    format: 'esm',
    target,
  });
  return outputFiles[0]?.text ?? '';
}

/** What a bundle holds of a module besides what it needs. */
function foreign(text: string, name: string, messages: readonly string[]): readonly string[] {
  const others = messages.filter((one) => one !== name && text.includes(`"${one}"`));
  return [...others, ...(/\w+Protocol\b|\bfunction send\w+/.exec(text) ?? [])];
}

test('there are modules of many messages', () => {
  expect(MODULES.length).toBeGreaterThan(4);
});

// Older targets have no static fields: bundlers write assignments for them.
test.each(MODULES.flatMap((path) => ['esnext', 'es2020'].map((target) => [path, target])))(
  'one message of %s is alone in its bundle for %s',
  async (path = '', target = '') => {
    const messages = messagesOf(readFileSync(join(ROOT, path), 'utf8'));
    for (const name of messages) {
      const text = await bundle(path, name, target);
      expect(text).toContain(`"${name}"`);
      expect(foreign(text, name, messages), name).toEqual([]);
    }
  },
);

test('a protocol brings its messages', async () => {
  const text = await bundle('generated/dht.ts', 'dhtProtocol', 'esnext');
  const messages = messagesOf(readFileSync(join(ROOT, 'generated/dht.ts'), 'utf8'));
  expect(foreign(text, 'PingRequest', messages)).toContain('StoreRequest');
});

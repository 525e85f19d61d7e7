import { expect, test } from 'vitest';
import { readConfigFile } from '../../../runtime/config/config-file.ts';
import { defaultConfiguration } from '../../../runtime/config/defaults.ts';
import { createMemoryStorage } from '../../../runtime/simulation/memory-storage.ts';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

function reading(text: string): Promise<unknown> {
  const files = new Map([['node.json', encode(text)]]);
  return readConfigFile('node.json', createMemoryStorage(files, { isOver: false }));
}

test('a file is read as the configuration it holds', async () => {
  const { keys, overlays } = defaultConfiguration;
  const $schema = './node_modules/ipv8/runtime/node.schema.json';
  expect(await reading(JSON.stringify({ $schema, keys, overlays }))).toEqual(defaultConfiguration);
});

test('problems stand behind the name of the file', async () => {
  await expect(reading('{ "keys": [], "overlay": [] }')).rejects.toThrow(
    /2 problems:\n {2}node\.json: overlay: .*"overlays".*\n {2}node\.json: overlays: this is missing/,
  );
  await expect(reading('7')).rejects.toThrow('node.json: this must be an object, not 7.');
});

test('what is no JSON is said with its place', async () => {
  await expect(reading('{\n  "keys": [},\n}')).rejects.toThrow(/node\.json.*: this is no JSON/);
});

test('a file that is not there is named', async () => {
  const storage = createMemoryStorage(new Map(), { isOver: false });
  await expect(readConfigFile('gone.json', storage)).rejects.toThrow(
    /gone\.json: the file cannot be read/,
  );
});

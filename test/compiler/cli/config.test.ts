import { mkdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { loadConfig, parseConfig } from '../../../compiler/cli/config.ts';
import { createWorkspace } from './workspace.ts';

const FILE = '/project/ipv8.config.json';

test('what is left out has its default', () => {
  expect(parseConfig('{ "out": "made" }', FILE)).toEqual({
    directory: '/project',
    schemas: ['schemas'],
    out: 'made',
    codegen: 'ipv8/codegen',
    runtime: 'ipv8',
  });
});

test('tests of vectors are made where a directory is given', () => {
  expect(parseConfig('{}', FILE).tests).toBeUndefined();
  expect(parseConfig('{ "tests": "test/made" }', FILE).tests).toBe('test/made');
  expect(() => parseConfig('{ "tests": "" }', FILE)).toThrow('"tests" must be a text that is not');
  expect(() => parseConfig('{ "tests": 1 }', FILE)).toThrow('"tests" must be a text that is not');
});

test('everything that is wrong is said at once, with near names', () => {
  const text = '{ "shemas": [], "out": 3, "codegen": "", "schemas": "schemas", "zzz": 1 }';
  expect(() => parseConfig(text, FILE)).toThrow(
    [
      FILE,
      '"shemas" is not a setting; the nearest is "schemas"',
      '"zzz" is not a setting; known are schemas, out, codegen, runtime, tests',
      '"schemas" must be a list of paths',
      '"out" must be a text that is not empty',
      '"codegen" must be a text that is not empty',
    ].join('\n  '),
  );
});

test.each(['', '[]', 'null', '{ "out": }'])('%j is not a configuration', (text) => {
  expect(() => parseConfig(text, FILE)).toThrow(/is not JSON|expected an object/);
});

test('the nearest configuration upwards counts', async () => {
  const here = createWorkspace({
    'ipv8.config.json': '{ "out": "outer" }',
    'inner/ipv8.config.json': '{ "out": "inner" }',
  });
  mkdirSync(here.path('inner/deep/er'), { recursive: true });
  mkdirSync(here.path('other'));
  expect(await loadConfig(here.path('inner/deep/er'))).toMatchObject({ out: 'inner' });
  expect(await loadConfig(here.path('other'))).toMatchObject({ out: 'outer' });
  here.remove();
});

test('a faulty configuration is wrong usage', async () => {
  const here = createWorkspace({ 'ipv8.config.json': '{ "outt": "x" }' });
  const outcome = await here.run(['compile']);
  expect(outcome.code).toBe(2);
  expect(outcome.err).toContain('the nearest is "out"');
  here.remove();
});

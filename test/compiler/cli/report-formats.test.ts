import { expect, onTestFinished, test } from 'vitest';
import { BROKEN, createWorkspace, PING, type Workspace } from './workspace.ts';

function workspace(files: Readonly<Record<string, string>>): Workspace {
  const created = createWorkspace(files);
  onTestFinished(() => created.remove());
  return created;
}

test('json: one object a line on standard output, the rest beside it', async () => {
  const here = workspace({ 'ipv8.config.json': '{}', 'schemas/broken.ipv8': BROKEN });
  const at = { cwd: here.path('schemas') };
  const outcome = await here.run(['check', '--format', 'json'], at);
  expect(outcome).toMatchObject({ code: 100, err: '' });
  expect(JSON.parse(outcome.out)).toMatchObject({
    code: 'name/unknown',
    severity: 'error',
    file: 'broken.ipv8',
    line: 7,
    column: 14,
    endLine: 7,
    endColumn: 21,
  });
});

test('what is fine gives nothing on standard output but a summary beside it', async () => {
  const here = workspace({ 'schemas/ping.ipv8': PING });
  const checked = { code: 0, out: '', err: '1 schema checked\n' };
  expect(await here.run(['check', '--format', 'json'])).toEqual(checked);
  expect(await here.run(['check', '--format', 'github'])).toEqual(checked);
  const missing = await here.run(['compile', '--check', '--format', 'json']);
  expect(missing).toMatchObject({ code: 101, out: '' });
  expect(missing.err).toContain('missing: generated/ping.ts');
  const compiled = await here.run(['compile', '--format', 'json']);
  expect(compiled).toEqual({ code: 0, out: '', err: 'written 1, unchanged 0\n' });
});

test('github: paths start at the repository', async () => {
  const here = workspace({ 'sub/schemas/broken.ipv8': BROKEN });
  const outcome = await here.run(['compile', '--format', 'github'], {
    cwd: here.path('sub'),
    env: { GITHUB_WORKSPACE: here.directory },
  });
  expect(outcome.code).toBe(100);
  expect(outcome.out).toMatch(
    /^::error file=sub\/schemas\/broken\.ipv8,line=7,col=14,endLine=7,endColumn=21,title=error/,
  );
});

test('sarif: a log even when nothing is wrong', async () => {
  const here = workspace({ 'schemas/ping.ipv8': PING, 'schemas/broken.ipv8': BROKEN });
  const bad = await here.run(['check', '--format', 'sarif']);
  expect(bad).toMatchObject({ code: 100, err: '' });
  expect(bad.out).toContain('"uri": "schemas/broken.ipv8"');
  const good = await here.run(['check', '--format', 'sarif', 'schemas/ping.ipv8']);
  expect(good.code).toBe(0);
  expect(JSON.parse(good.out)).toMatchObject({ version: '2.1.0', runs: [{ results: [] }] });
});

test('a format nobody knows is wrong usage', async () => {
  const outcome = await workspace({ 'schemas/ping.ipv8': PING }).run(['check', '--format', 'xml']);
  expect(outcome).toMatchObject({ code: 2, out: '' });
  expect(outcome.err).toContain('human, json, github, sarif');
});

import { execFileSync } from 'node:child_process';
import { expect, onTestFinished, test } from 'vitest';
import { createWorkspace, PING, PING_ASK_ONLY, type Workspace } from './workspace.ts';

function workspace(files: Readonly<Record<string, string>>): Workspace {
  const created = createWorkspace(files);
  onTestFinished(() => created.remove());
  return created;
}

const WIDER = PING.replaceAll('u16', 'u32');

test('lock writes the lock, says when it is up to date, and check needs none', async () => {
  const here = workspace({ 'schemas/ping.ipv8': PING });
  expect((await here.run(['check'])).code).toBe(0);
  expect(await here.run(['lock', '--check'])).toEqual({
    code: 101,
    out: '',
    err: 'schemas/ipv8.lock is missing: run ipv8c lock\n',
  });
  expect(await here.run(['lock'])).toMatchObject({ code: 0, out: 'written schemas/ipv8.lock\n' });
  expect(here.read('schemas/ipv8.lock')).toContain('signed message Ask = 1 {');
  for (const words of [['lock'], ['lock', '--check']]) {
    expect(await here.run(words)).toMatchObject({
      code: 0,
      out: 'schemas/ipv8.lock is up to date\n',
    });
  }
  expect((await here.run(['check'])).code).toBe(0);
});

test('what peers would not understand fails check and lock until it is accepted', async () => {
  const here = workspace({ 'schemas/ping.ipv8': PING });
  await here.run(['lock']);
  here.write('schemas/ping.ipv8', WIDER);
  const checked = await here.run(['check']);
  expect(checked.code).toBe(100);
  expect(checked.err).toContain(
    'error[lock/field-changed]: field `identifier` of `Ask` was changed',
  );
  expect(checked.err).toContain('::: schemas/ipv8.lock:9:5');
  const before = here.read('schemas/ipv8.lock');
  expect((await here.run(['lock'])).err).toContain('2 breaking changes');
  expect(here.read('schemas/ipv8.lock')).toBe(before);
  expect((await here.run(['lock', '--accept-breaking'])).code).toBe(0);
  expect((await here.run(['check'])).code).toBe(0);
});

test('a message more is no break, but the lock is out of date', async () => {
  const here = workspace({ 'schemas/ping.ipv8': PING_ASK_ONLY });
  await here.run(['lock']);
  here.write('schemas/ping.ipv8', PING);
  expect((await here.run(['check'])).code).toBe(0);
  expect(await here.run(['lock', '--check'])).toMatchObject({
    code: 101,
    err: 'schemas/ipv8.lock is out of date: run ipv8c lock\n',
  });
});

test('a schema left out of a command was not removed', async () => {
  const here = workspace({
    'schemas/ping.ipv8': PING,
    'schemas/pong.ipv8': PING.replaceAll('Ping', 'Pong'),
  });
  await here.run(['lock']);
  expect((await here.run(['check', 'schemas/ping.ipv8'])).code).toBe(0);
  const lock = ['--against', 'schemas/ipv8.lock'];
  expect((await here.run(['breaking', 'schemas/ping.ipv8', ...lock])).code).toBe(0);
});

test('a lock that cannot be read is told with its place', async () => {
  const here = workspace({ 'schemas/ping.ipv8': PING, 'schemas/ipv8.lock': 'merged badly\n' });
  expect(await here.run(['check'])).toEqual({
    code: 2,
    out: '',
    err: 'error: schemas/ipv8.lock is not a lock of this version; restore it, or delete it and run ipv8c lock\n',
  });
  here.write('schemas/ipv8.lock', '');
  expect((await here.run(['lock'])).code).toBe(2);
});

test('a lock that was cut short is to be restored', async () => {
  const here = workspace({ 'schemas/ping.ipv8': PING });
  await here.run(['lock']);
  here.write('schemas/ipv8.lock', here.read('schemas/ipv8.lock').trimEnd().slice(0, -1));
  const { code, err } = await here.run(['lock', '--check']);
  expect(code).toBe(2);
  expect(err).toMatch(
    /^error: schemas\/ipv8\.lock:\d+:\d+: `\{` is not closed; restore the lock, /,
  );
});

test('breaking compares with schemas elsewhere, in both directions', async () => {
  const here = workspace({ 'schemas/ping.ipv8': WIDER, 'old/ping.ipv8': PING });
  const outcome = await here.run(['breaking', '--against', 'old']);
  expect(outcome.code).toBe(100);
  expect(outcome.out).toBe(
    `message      old peers read new bytes  new peers read old bytes
Ping.Ask     no                        no
Ping.Answer  no                        no
2 messages compared, 2 not read by both sides
`,
  );
  const json = await here.run(['breaking', '--against', 'old', '--format', 'json']);
  const lines = json.out.trim().split('\n');
  expect(lines.map((line) => (JSON.parse(line) as { code: string }).code)).toEqual([
    'lock/field-changed',
    'lock/field-changed',
  ]);
  const broken = await here.run(['breaking', '--against', 'nowhere.lock']);
  expect(broken).toMatchObject({ code: 2, err: 'error: nowhere.lock: no such file\n' });
});

test('breaking compares with the schemas of a commit', async () => {
  const here = workspace({ 'schemas/ping.ipv8': PING });
  const git = (...words: readonly string[]): void => {
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b.c', ...words], {
      cwd: here.directory,
      stdio: 'pipe',
    });
  };
  expect((await here.run(['breaking', '--against', 'git:HEAD'])).code).toBe(2);
  git('init', '-q');
  git('add', '.');
  git('commit', '-q', '-m', 'Ping');
  expect((await here.run(['breaking', '--against', 'git:HEAD'])).code).toBe(0);
  here.write('schemas/ping.ipv8', WIDER);
  const outcome = await here.run(['breaking', '--against', 'git:HEAD']);
  expect(outcome.code).toBe(100);
  expect(outcome.err).toContain('::: git:HEAD:schemas/ping.ipv8:7:5');
  expect(await here.run(['breaking', '--against', 'git:none'])).toMatchObject({
    code: 2,
    err: 'error: git:none: the repository has no such commit\n',
  });
  expect((await here.run(['breaking', '--against', 'git:--help'])).code).toBe(2);
  // A bare repository has commits, too, and no relative paths.
  git('config', 'core.bare', 'true');
  expect(await here.run(['breaking', '--against', 'git:HEAD'])).toEqual(outcome);
});

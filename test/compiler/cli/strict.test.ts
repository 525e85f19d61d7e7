import { expect, onTestFinished, test } from 'vitest';
import { createWorkspace } from './workspace.ts';

const HEAD = '/// A chat.\ncommunity Chat = sha1("chat") {\n  /// Says something.\n';
const UNBOUNDED = `${HEAD}  signed message Say = 1 { text: string<u16> }\n}\n`;
const BOUNDED = UNBOUNDED.replace('u16', 'u16, ..100');
const TOO_LARGE = UNBOUNDED.replace('u16', 'u16, ..1400');

function workspace(schema: string) {
  const here = createWorkspace({ 'ipv8.config.json': '{}', 'schemas/chat.ipv8': schema });
  onTestFinished(() => here.remove());
  return here;
}

test.each(['check', 'compile'])('%s --strict makes warnings errors', async (command) => {
  const { err, code } = await workspace(UNBOUNDED).run([command, 'schemas']);
  expect(err).toContain('warning[size/unbounded]');
  expect(code).toBe(0);
  const strict = await workspace(UNBOUNDED).run([command, 'schemas', '--strict']);
  expect(strict.err).toContain('error[size/unbounded]');
  expect(strict.err).toContain('1 error, 0 warnings');
  expect(strict.code).toBe(100);
  expect((await workspace(BOUNDED).run([command, 'schemas', '--strict'])).code).toBe(0);
});

test('compile --strict writes nothing where a warning is left', async () => {
  const here = workspace(UNBOUNDED);
  await here.run(['compile', 'schemas', '--strict']);
  expect(() => here.read('generated/chat.ts')).toThrow('ENOENT');
});

test('what --fix repairs is no error any more', async () => {
  const here = workspace(TOO_LARGE);
  expect((await here.run(['check', '--strict', '--fix'])).code).toBe(0);
  expect(here.read('schemas/chat.ipv8')).toContain('string<u16, ..1400 send ..1287>');
  const left = await workspace(UNBOUNDED).run(['check', '--strict', '--fix']);
  expect(left.code).toBe(100);
});

test('other programs read errors', async () => {
  const args = ['check', '--strict', '--format', 'json'];
  const { out } = await workspace(UNBOUNDED).run(args);
  expect(JSON.parse(out)).toMatchObject({ code: 'size/unbounded', severity: 'error' });
});

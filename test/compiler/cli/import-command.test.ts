/** `ipv8c import` as a user runs it: what is written where, and how it ends. */
import { writeFileSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { createWorkspace } from './workspace.ts';

function workspace(files: Readonly<Record<string, string>>) {
  const here = createWorkspace(files);
  onTestFinished(() => here.remove());
  return here;
}

const PAYLOAD = `from ipv8.messaging.lazy_payload import VariablePayload

class SongPayload(VariablePayload):
    """
    A song.
    """

    msg_id = 1
    format_list = ["varlenHutf8", "H"]
    names = ["title", "seconds"]
`;

const COMMUNITY = `from ipv8.community import Community
from ipv8.lazy_community import lazy_wrapper

from .payload import SongPayload

class SongCommunity(Community):
    """
    Who sings.
    """

    community_id = bytes.fromhex("9c5f2b1d0e4a7786c3d1f0a2b4c6d8e0f1a2b3c4")

    def __init__(self, settings):
        super().__init__(settings)
        self.add_message_handler(SongPayload, self.on_song)

    @lazy_wrapper(SongPayload)
    def on_song(self, peer, payload):
        print(payload.title)
`;

const SCHEMA = `/// Who sings.
community SongCommunity = hex"9c5f2b1d0e4a7786c3d1f0a2b4c6d8e0f1a2b3c4" {

  /// A song.
  signed message Song = 1 {
    title: string<u16>
    seconds: u16
  }
}
`;

const APP = { 'app/__init__.py': '', 'app/payload.py': PAYLOAD, 'app/community.py': COMMUNITY };

const LEFT = 'ipv8c check has 1 warning about it, such as lengths without a bound\n';

test('a schema on standard output, and what is said of it beside', async () => {
  const here = workspace(APP);
  const outcome = await here.run(['import', 'app/payload.py', 'app/community.py']);
  expect(outcome).toEqual({
    code: 0,
    out: SCHEMA,
    err: `imported 1 community, 1 message, 0 structs\n${LEFT}`,
  });
});

test('a directory, and a file that check accepts', async () => {
  const here = workspace(APP);
  const outcome = await here.run(['import', 'app', '--out', 'schemas/songs.ipv8']);
  const said = `written schemas/songs.ipv8 with 1 community, 1 message, 0 structs\n${LEFT}`;
  expect(outcome).toEqual({ code: 0, out: said, err: '' });
  expect(here.read('schemas/songs.ipv8')).toBe(SCHEMA);
  const checked = await here.run(['check', 'schemas/songs.ipv8']);
  expect(checked.code).toBe(0);
  expect(checked.err).toContain('0 errors, 1 warning\n');
  const formatted = await here.run(['format', 'schemas', '--check']);
  expect(formatted.code).toBe(0);
});

test('a schema that exists is kept, unless it is the same or --force is said', async () => {
  const here = workspace({ ...APP, 'song.ipv8': '// Mine.\n' });
  const command = ['import', 'app', '--out', 'song.ipv8'];
  const kept = await here.run(command);
  expect(kept.code).toBe(2);
  expect(kept.err).toBe('error: song.ipv8 exists and is different; --force writes over it\n');
  expect(here.read('song.ipv8')).toBe('// Mine.\n');
  expect((await here.run([...command, '--force'])).code).toBe(0);
  expect(here.read('song.ipv8')).toBe(SCHEMA);
  expect((await here.run(command)).code).toBe(0);
});

test('what cannot be declared has its file and line, and the rest is written', async () => {
  const bad = `${PAYLOAD}\nclass Bad(VariablePayload):\n    format_list = ["unheard"]\n    names = ["a"]\n`;
  const here = workspace({ ...APP, 'app/payload.py': bad });
  const outcome = await here.run(['import', 'app', '--out', 'song.ipv8']);
  expect(outcome.code).toBe(100);
  expect(outcome.err).toContain(
    'error[python/unknown-format]: `Bad` has the format `unheard`, which is not known\n' +
      '  --> app/payload.py:13:5\n',
  );
  expect(here.read('song.ipv8')).toBe(SCHEMA);
});

test.each([
  ['json', '{"code":"python/unknown-format"'],
  ['github', 'error file=app/payload.py,line=13'],
  ['sarif', '"ruleId": "python/unknown-format"'],
])('the same for programs: %s', async (format, part) => {
  const bad = `${PAYLOAD}\nclass Bad(VariablePayload):\n    format_list = ["unheard"]\n    names = ["a"]\n`;
  const here = workspace({ ...APP, 'app/payload.py': bad });
  const outcome = await here.run(['import', 'app', '--out', 'song.ipv8', '--format', format]);
  expect(outcome.code).toBe(100);
  expect(outcome.out).toContain(part);
  expect(outcome.err).toContain('written song.ipv8 with');
});

test('standard input', async () => {
  const here = workspace({});
  const input = () => Promise.resolve(new TextEncoder().encode(PAYLOAD));
  const outcome = await here.run(['import', '-'], { input });
  expect(outcome.code).toBe(0);
  expect(outcome.out).toContain('struct Song {');
  expect(outcome.err).toContain('--> <stdin>:3:7');
});

test('files that are no text or hold nothing', async () => {
  const here = workspace({ ...APP, 'notes.txt': 'Songs, and who sings them.\n' });
  writeFileSync(here.path('app/latin.py'), Uint8Array.of(0x23, 0xe9, 0x0a));
  const mixed = await here.run(['import', 'app']);
  expect(mixed.code).toBe(100);
  expect(mixed.out).toBe(SCHEMA);
  expect(mixed.err).toContain('error[python/unreadable-file]: `app/latin.py` is not read');
  const empty = await here.run(['import', 'notes.txt', '--out', 'song.ipv8']);
  expect(empty.code).toBe(100);
  expect(empty.err).toContain('nothing was imported\n');
  expect(() => here.read('song.ipv8')).toThrow('ENOENT');
});

test.each([
  [['import', 'missing.py'], 'missing.py: no such file or directory'],
  [['import', 'empty'], 'empty: no .py file below it'],
  [['import', 'app', '--out', 'song.txt'], '--out song.txt: a schema ends in .ipv8'],
  [['import', 'app', '--format', 'json'], '--format json takes standard output; also give --out'],
])('wrong usage: %s', async (args, message) => {
  const here = workspace({ ...APP, 'empty/readme.md': '' });
  expect(await here.run(args)).toEqual({ code: 2, out: '', err: `error: ${message}\n` });
});

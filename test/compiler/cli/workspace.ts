/** A directory of files in which commands are run as a user runs them. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { run } from '../../../compiler/cli/run.ts';
import type { Terminal } from '../../../compiler/cli/terminal.ts';

/** What a command said and how it ended. */
export type Outcome = { readonly code: number; readonly out: string; readonly err: string };

export type Workspace = {
  readonly directory: string;
  path(file: string): string;
  read(file: string): string;
  write(file: string, text: string): void;
  run(args: readonly string[], terminal?: Partial<Terminal>): Promise<Outcome>;
  remove(): void;
};

/** A workspace that holds the given files. */
export function createWorkspace(files: Readonly<Record<string, string>>): Workspace {
  const directory = mkdtempSync(join(tmpdir(), 'ipv8c-'));
  const path = (file: string): string => join(directory, file);
  const write = (file: string, text: string): void => {
    mkdirSync(dirname(path(file)), { recursive: true });
    writeFileSync(path(file), text);
  };
  for (const [file, text] of Object.entries(files)) write(file, text);
  return {
    directory,
    path,
    write,
    read: (file) => readFileSync(path(file), 'utf8'),
    async run(args, terminal = {}) {
      const said = { out: '', err: '' };
      const code = await run(args, {
        out: (text) => void (said.out += text),
        err: (text) => void (said.err += text),
        cwd: directory,
        env: {},
        isTTY: false,
        columns: 100,
        ...terminal,
      });
      return { code, ...said };
    },
    remove: () => rmSync(directory, { recursive: true }),
  };
}

/** A schema with two messages and nothing to warn of. */
export function pingSchema(community: string): string {
  return `/// Says whether a peer is there.
community ${community} = sha1("${community}") {

  /// Asks.
  signed message Ask = 1 {
    /// Echoed.
    identifier: u16
  }

  /// Answers.
  unsigned message Answer = 2 {
    /// As asked.
    identifier: u16
  }
}
`;
}

export const PING = pingSchema('Ping');

/** The same with one message less. */
export const PING_ASK_ONLY = `${PING.slice(0, PING.indexOf('\n\n  /// Answers'))}\n}\n`;

/** A schema whose seventh line has an error. */
export function brokenSchema(community: string): string {
  return `/// Broken.
community ${community} = sha1("${community}") {

  /// Holds what is not defined.
  signed message One = 1 {
    /// Nothing has this type.
    nothing: Nowhere
  }
}
`;
}

export const BROKEN = brokenSchema('Broken');

/** Files as a commit has them. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { UsageError } from './usage-error.ts';

const run = promisify(execFile);

/** More than a schema may be long, with room for lists of files. */
const OUTPUT_MAX = 64 * 2 ** 20;

export type Commit = {
  /** Paths below `directory`, relative to it, with `/`. */
  list(): Promise<readonly string[]>;
  /** Undefined for what the commit does not have. */
  read(path: string): Promise<string | undefined>;
};

/**
 * The commit that `reference` names in the repository around `directory`.
 * @throws UsageError when there is no git, no repository, or no such commit.
 */
export async function openCommit(directory: string, reference: string): Promise<Commit> {
  const git = async (...words: readonly string[]): Promise<string> => {
    try {
      const { stdout } = await run('git', words, { cwd: directory, maxBuffer: OUTPUT_MAX });
      return stdout;
    } catch (error) {
      throw new UsageError(`git:${reference}: ${complaintOf(error)}`);
    }
  };
  const commit = await git('rev-parse', '--verify', '--end-of-options', `${reference}^{commit}`);
  const blobs = blobsOf(await git('ls-tree', '-r', '-z', commit.trim()));
  return {
    list: () => Promise.resolve([...blobs.keys()]),
    // By its name, since a bare repository knows no relative paths.
    read: async (path) => {
      const blob = blobs.get(path);
      return blob === undefined ? undefined : git('cat-file', 'blob', blob);
    },
  };
}

/** Names of files' contents by their paths, from lines `mode blob name<TAB>path`. */
function blobsOf(listing: string): ReadonlyMap<string, string> {
  const blobs = new Map<string, string>();
  for (const [, name = '', path = ''] of listing.matchAll(/\d+ blob (\w+)\t([^\0]+)\0/g)) {
    blobs.set(path, name);
  }
  return blobs;
}

function complaintOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if ('code' in error && error.code === 'ENOENT') return 'there is no git to ask';
  const said = 'stderr' in error && typeof error.stderr === 'string' ? error.stderr.trim() : '';
  if (said.includes('Needed a single revision')) return 'the repository has no such commit';
  return said === '' ? error.message : (said.split('\n')[0] ?? said).replace(/^fatal: /, '');
}

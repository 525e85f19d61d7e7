import { statSync } from 'node:fs';
import { readText, type ReadText } from './node-host.ts';

/** Texts of files that are read again only when they may have changed. */
export type FileCache = {
  readonly read: ReadText;
  /** The caller has just written that text. */
  written(file: string, text: string): void;
};

/** A file system's clock may stand still for so long between two writes. */
const CLOCK_STEP_MS = 50;

/** What the file system says of a file without reading it; undefined while that may not tell. */
type Stamp = string | undefined;

/**
 * Asks the file system for a file's identity, size and time instead of its bytes. A file that was
 * changed just before it was read is read again the next time: a further change may carry the same
 * time.
 */
export function createFileCache(): FileCache {
  const files = new Map<string, { readonly stamp: Stamp; readonly text: string | undefined }>();
  return {
    async read(file) {
      const stamp = stampOf(file);
      const known = files.get(file);
      if (known !== undefined && stamp !== undefined && known.stamp === stamp) return known.text;
      const text = await readText(file);
      if (text === undefined) files.delete(file);
      // The same object for the same text: comparing it then costs nothing.
      else files.set(file, { stamp, text: known?.text === text ? known.text : text });
      return files.get(file)?.text;
    },
    written: (file, text) => void files.set(file, { stamp: stampOf(file), text }),
  };
}

function stampOf(file: string): Stamp {
  const found = statSync(file, { throwIfNoEntry: false });
  if (found === undefined || Date.now() - found.mtimeMs < CLOCK_STEP_MS) return undefined;
  return `${found.ino} ${found.size} ${found.mtimeMs} ${found.ctimeMs}`;
}

/** Chunks of bytes → lines of text. */

/** A whole answer is far smaller. */
const LINE_BYTES_MAX = 64 * 1024 * 1024;

export type LineReader = {
  /** False when a line is longer than any answer. */
  push(chunk: Uint8Array): boolean;
};

export function createLineReader(take: (line: string) => void): LineReader {
  let parts: Uint8Array[] = [];
  let size = 0;
  return {
    push(chunk) {
      let start = 0;
      for (let at = chunk.indexOf(0x0a); at >= 0; at = chunk.indexOf(0x0a, start)) {
        parts.push(chunk.subarray(start, at));
        start = at + 1;
        const line = Buffer.concat(parts).toString();
        parts = [];
        size = 0;
        take(line);
      }
      if (start < chunk.length) {
        parts.push(chunk.subarray(start));
        size += chunk.length - start;
      }
      return size <= LINE_BYTES_MAX;
    },
  };
}

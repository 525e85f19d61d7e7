/** A writer between two messages: its memory costs more than writing most of them. */
import { Writer } from './writer.ts';

/** The memory that is kept: ordinary messages take far less. */
const KEPT_BYTES_MAX = 65_536;

/** One that nobody uses. */
let spare: Writer | undefined;

/** An empty writer. An author's codec may ask for one while another is in use, so it is taken away. */
export function takeWriter(): Writer {
  const writer = spare ?? new Writer();
  spare = undefined;
  writer.clear();
  return writer;
}

/** Takes it back for the next one. Not after an error: the path to it would stay. */
export function giveBack(writer: Writer): void {
  if (writer.length <= KEPT_BYTES_MAX) spare = writer;
}

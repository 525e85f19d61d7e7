/** One contender in its process: answers which message it is asked for with nanoseconds. */
import { isDeepStrictEqual } from 'node:util';
import type { Contender, MessageCodec, Operation } from './contender.ts';
import { type MessageName, MESSAGE_NAMES, variantsOf } from './messages.ts';

/** What the bench asks. */
export type Question = {
  readonly message: MessageName;
  readonly operation: Operation;
  readonly milliseconds: number;
};

/** What it is told first. */
export type Introduction = {
  readonly versions: Readonly<Record<string, string>>;
  /** Mean bytes of each message. */
  readonly sizes: Readonly<Partial<Record<MessageName, number>>>;
  readonly hasEncodeInto: boolean;
};

const [module] = process.argv.slice(2);
const { contender } = (await import(module as string)) as { readonly contender: Contender };

// What a loop makes must be used by someone, or V8 leaves it out.
let sink: unknown;

const encoded = new Map<MessageName, readonly Uint8Array[]>();
for (const name of MESSAGE_NAMES) {
  const codec = contender.codecs[name];
  if (codec === undefined) continue;
  const variants = variantsOf(name);
  encoded.set(
    name,
    variants.map((variant, at) => roundTrip(codec, variant, at)),
  );
}

process.on('message', ({ message, milliseconds, operation }: Question) => {
  const codec = contender.codecs[message];
  const bytes = encoded.get(message);
  if (codec === undefined || bytes === undefined) throw new Error(`no codec for ${message}`);
  const call = operationOf(codec, operation, bytes);
  // V8 compiles what has run for a while.
  time(call, bytes.length, milliseconds / 2);
  process.send?.(time(call, bytes.length, milliseconds));
});

const introduction: Introduction = {
  versions: contender.versions,
  sizes: Object.fromEntries(
    [...encoded].map(([name, all]) => [
      name,
      all.reduce((sum, { length }) => sum + length, 0) / all.length,
    ]),
  ),
  hasEncodeInto: Object.values(contender.codecs).every((codec) => codec.encodeInto !== undefined),
};
process.send?.(introduction);

function roundTrip(codec: MessageCodec, variant: unknown, at: number): Uint8Array {
  const bytes = Uint8Array.from(codec.encode(at));
  const back = codec.plain(codec.decode(bytes) as never);
  if (!isDeepStrictEqual(back, variant)) throw new Error(`variant ${at} does not come back`);
  return bytes;
}

function operationOf(
  { decode, encode, encodeInto, isAliasing }: MessageCodec,
  operation: Operation,
  bytes: readonly Uint8Array[],
): (at: number) => unknown {
  switch (operation) {
    case 'encode':
      return encode;
    case 'encodeInto':
      return encodeInto ?? encode;
    case 'decode':
      return (at) => decode(bytes[at] as Uint8Array);
    case 'decodeOwned':
      // A copy of the datagram is the cheapest way to values that outlive it.
      return isAliasing
        ? (at) => decode((bytes[at] as Uint8Array).slice())
        : (at) => decode(bytes[at] as Uint8Array);
  }
}

/**
 * Nanoseconds of processor time of one call, of as many as fit in the time: what else the machine does
 * is not in it, and collecting what the calls leave behind is.
 */
function time(operation: (at: number) => unknown, variants: number, milliseconds: number): number {
  let calls = 0;
  const start = process.cpuUsage();
  let passed: number;
  do {
    // Looking at the clock costs as much as some messages.
    for (let turn = 0; turn < 32; turn++) {
      for (let at = 0; at < variants; at++) sink = operation(at);
    }
    calls += 32 * variants;
    const { system, user } = process.cpuUsage(start);
    passed = (system + user) / 1000;
  } while (passed < milliseconds);
  if (sink === process) throw new Error('nobody gives the process');
  return (passed * 1e6) / calls;
}

import { createCrypto, createPeer, type Crypto } from '../../../runtime/index.ts';
import { createPaint, type Paint } from '../../diagnostics/paint.ts';
import type { Model } from '../../ir/model.ts';
import { createDeclarations } from '../../wire/declarations.ts';
import type { ReadKey } from '../../wire/packet.ts';
import { createProtocols } from '../../wire/protocols.ts';
import { loadConfig } from '../config.ts';
import { baseModel } from '../decode/base-model.ts';
import { type Decoded, decodePacket, decodePayload } from '../decode/decoded.ts';
import { printDump } from '../decode/dump.ts';
import { findCommunity, findRoot } from '../decode/find-named.ts';
import { type Input, type Packet, readPackets } from '../decode/input.ts';
import { printJson } from '../decode/json.ts';
import { rowsOf } from '../decode/rows.ts';
import { heading, problemText, summary } from '../decode/words.ts';
import { EXIT_CODE, type ExitCode } from '../exit-code.ts';
import { loadQuietly } from '../load.ts';
import { reportDiagnostics } from '../report.ts';
import { hasColor, type Terminal, widthOf } from '../terminal.ts';

export type DecodeOptions = {
  readonly as?: string;
  readonly community?: string;
  readonly compat?: boolean;
  readonly all?: boolean;
  readonly json?: boolean;
};

/** Rows and elements that are shown without `--all`. */
const LINES_MAX = 4;
const ELEMENTS_MAX = 16;

/** `ipv8c decode`: every byte of packets with the field it belongs to. */
export async function decode(
  given: { readonly input: string; readonly paths: readonly string[] },
  options: DecodeOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const config = await loadConfig(terminal.cwd);
  const { hasErrors, program } = await loadQuietly(given.paths, config, { cwd: terminal.cwd });
  if (hasErrors) {
    await reportDiagnostics(program.diagnostics, { config, format: 'human' }, terminal);
    return EXIT_CODE.findings;
  }
  const read = await createReading(program.model, options);
  const input = await readPackets(given.input, terminal);
  const shownOn = { ...terminal, ...terminal.output };
  const paint = createPaint(hasColor(shownOn));
  const width = widthOf(shownOn);
  const counts = { read: 0, refused: 0, unknown: 0 };
  for (const packet of input.packets) {
    const decoded = read(packet);
    counts[verdictOf(decoded, input)]++;
    // A capture holds what others say to each other too; what may be IPv8 is shown.
    const { isForeign, problem } = decoded;
    if (input.isCapture && isForeign && problem?.kind !== 'unknown-community') continue;
    terminal.out(
      options.json === true ? printJson(decoded) : print(decoded, { options, paint, width }),
    );
  }
  const words = summary(input, counts);
  if (words !== '') terminal.err(words);
  return counts.refused > 0 || input.problem !== undefined ? EXIT_CODE.failed : EXIT_CODE.fine;
}

async function createReading(
  model: Model,
  { as, community, compat = false }: DecodeOptions,
): Promise<(packet: Packet) => Decoded> {
  if (as !== undefined) {
    const root = findRoot(model, as);
    const declarations = createDeclarations(model);
    return (packet) => decodePayload(packet, root, { declarations, compat });
  }
  const unnamed = community === undefined ? undefined : findCommunity(model, community);
  const protocols = createProtocols(model, { base: await baseModel(), unnamed });
  const readKey = keyReader(await createCrypto(), compat);
  return (packet) => decodePacket(packet, { protocols, readKey, compat });
}

function keyReader(crypto: Crypto, compat: boolean): ReadKey {
  return (bytes) => {
    const key = crypto.publicKey(bytes, { compat });
    if (!key.ok) return undefined;
    return {
      curve: key.value.curve,
      mid: createPeer(key.value).id,
      signatureLength: key.value.signatureLength,
      verify: (signed, signature) => crypto.verify(key.value, signed, signature),
    };
  };
}

function verdictOf({ isForeign, problem }: Decoded, { isCapture }: Input) {
  if (problem === undefined) return 'read';
  return isCapture && isForeign ? 'unknown' : 'refused';
}

function print(
  decoded: Decoded,
  given: {
    readonly options: DecodeOptions;
    readonly paint: Paint;
    readonly width: number;
  },
): string {
  const { options, paint, width } = given;
  const { packet, parts, problem } = decoded;
  const isAll = options.all === true;
  const rows = rowsOf({
    bytes: packet.bytes,
    parts,
    problem: problem?.kind === 'does-not-fit' ? problem : undefined,
    elementsMax: isAll ? Infinity : ELEMENTS_MAX,
  });
  const linesMax = isAll ? Infinity : LINES_MAX;
  const dump = printDump(rows, { width, paint, linesMax });
  const end = problem === undefined ? '' : `${paint('error', 'error')}: ${problemText(decoded)}\n`;
  return `${paint('strong', heading(decoded, width))}\n${dump}${end}\n`;
}

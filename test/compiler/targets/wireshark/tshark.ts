/** tshark with a dissector of ours, and the tree that it shows of each packet. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadProgram } from '../../../../compiler/program/program.ts';
import { wireshark } from '../../../../compiler/targets/wireshark/wireshark.ts';
import type { Model } from '../../../../compiler/ir/model.ts';
import { createNodeHost } from '../../../../compiler/cli/node-host.ts';
import { ipPacket, pcap, type Udp } from '../../capture/build-capture.ts';
import { ROOT } from '../../emit/temporary-modules.ts';

/** An item of the tree, with what it covers of the datagram. */
export type Shown = {
  readonly name: string;
  /** Of the datagram's bytes. */
  readonly offset: number;
  readonly size: number;
  /** As it is printed for filters. */
  readonly show: string;
  /** Hexadecimal; of parts of a byte, what is there of it. */
  readonly value: string;
  readonly text: string;
  readonly children: Shown[];
};

/** What tshark said of one packet: undefined of one that is not for the dissector. */
export type ShownPacket = { readonly text: string; readonly ipv8: Shown | undefined };

export const HAS_TSHARK = spawnSync('tshark', ['--version']).status === 0;

/** Says why tests are skipped where they are. */
export const TITLE = HAS_TSHARK ? 'tshark' : "without tshark, Debian's package, nothing is shown";

/** Raw IP. */
export const LINK_TYPE = 101;
/** In front of a datagram: the headers of IPv4 and UDP. */
const HEADER_BYTES = 28;

/** The text of the dissector for a model. */
export function dissectorOf(model: Model, base?: Model): string {
  const [file] = wireshark({ model, base, schemas: new Set(['a.ipv8']), placeOf: (path) => path });
  return file?.text ?? '';
}

/** The model of schemas of this project. */
export async function modelOf(...paths: readonly string[]): Promise<Model> {
  return (await loadProgram(createNodeHost(ROOT), paths)).model;
}

/** A datagram from one fixed place to another. */
export function datagram(payload: Uint8Array): Udp {
  return { from: ['10.0.0.1', 8090], to: ['10.0.0.2', 8091], payload };
}

export type Run = {
  readonly packets: readonly ShownPacket[];
  /** What tshark wrote beside its output. */
  readonly errors: string;
};

/** Runs tshark over the datagrams; `options` are more words of its command line. */
export function runTshark(
  lua: string,
  datagrams: readonly Udp[],
  options: readonly string[] = [],
): Run {
  const capture = pcap(
    datagrams.map((one) => ipPacket(one)),
    { linkType: LINK_TYPE },
  );
  const { errors, output } = tshark(lua, capture, ['-T', 'pdml', '-J', 'ipv8', ...options]);
  return { packets: readPdml(output), errors };
}

/** Runs tshark over a capture. It looks at every packet twice, as Wireshark does. */
export function tshark(
  lua: string,
  capture: Uint8Array,
  options: readonly string[],
): { readonly output: string; readonly errors: string } {
  const directory = mkdtempSync(join(tmpdir(), 'ipv8-tshark-'));
  try {
    const [script, file] = [join(directory, 'ipv8.lua'), join(directory, 'packets.pcap')];
    writeFileSync(script, lua);
    writeFileSync(file, capture);
    const fixed = ['-n', '-2', '-r', file, '-X', `lua_script:${script}`];
    const run = spawnSync('tshark', [...fixed, ...options], {
      encoding: 'utf8',
      maxBuffer: 1 << 30,
      // Nobody's own plugins and settings.
      env: { ...process.env, WIRESHARK_CONFIG_DIR: directory },
    });
    if (run.status !== 0) throw new Error(`tshark: ${run.stderr}`);
    return { output: run.stdout, errors: run.stderr };
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** One packet after another, from tshark's XML: every element stands on a line of its own. */
function readPdml(xml: string): readonly ShownPacket[] {
  return xml
    .split('<packet>')
    .slice(1)
    .map((text) => ({ text, ipv8: itemsOf(text).find(({ name }) => name === 'ipv8') }));
}

function itemsOf(text: string): readonly Shown[] {
  const top: Shown[] = [];
  const open: Shown[][] = [top];
  for (const [, slash, attributes = '', isClosed] of text.matchAll(
    /<(\/?)(?:field|proto)\b((?:"[^"]*"|[^">])*?)(\/?)>/g,
  )) {
    if (slash === '/') {
      open.pop();
      continue;
    }
    const item = itemOf(attributes);
    open.at(-1)?.push(item);
    if (isClosed === '') open.push(item.children);
  }
  return top;
}

function itemOf(attributes: string): Shown {
  const given = new Map(
    [...attributes.matchAll(/(\w+)="([^"]*)"/g)].map(([, key = '', text = '']) => [
      key,
      unescaped(text),
    ]),
  );
  return {
    name: given.get('name') ?? '',
    offset: Number(given.get('pos')) - HEADER_BYTES,
    size: Number(given.get('size')),
    show: given.get('show') ?? '',
    value: given.get('value') ?? '',
    text: given.get('showname') ?? '',
    children: [],
  };
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
};

function unescaped(text: string): string {
  return text.replace(/&(#x[0-9a-f]+|#\d+|\w+);/gi, (whole, name: string) => {
    if (name.startsWith('#x')) return String.fromCodePoint(Number.parseInt(name.slice(2), 16));
    if (name.startsWith('#')) return String.fromCodePoint(Number(name.slice(1)));
    return ENTITIES[name] ?? whole;
  });
}

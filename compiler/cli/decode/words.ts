/** What is said around a dump. */
import { createAddress, printAddress } from '../../../runtime/index.ts';
import type { LeftOut } from '../../capture/datagram.ts';
import { counted } from '../counted.ts';
import type { Decoded } from './decoded.ts';
import type { Input, Way } from './input.ts';

/** Above a packet: its way, on a line of its own where the width does not do for both, and what it is. */
export function heading({ facts, packet, title }: Decoded, width: number): string {
  const { bytes, way } = packet;
  const words = [
    title ?? 'unknown',
    counted(bytes.length, 'byte'),
    ...(facts.signature === undefined ? [] : [signatureText(facts.signature)]),
  ].join('  ');
  if (way === undefined) return words;
  const text = wayText(way);
  return `${text}${text.length + 2 + words.length <= width ? '  ' : '\n'}${words}`;
}

function signatureText(signature: string): string {
  return signature === 'valid' || signature === 'invalid' ? `signature ${signature}` : signature;
}

function wayText({ from, number, timeSeconds, to }: Way): string {
  const [source, target] = [from, to].map(({ host, port }) =>
    printAddress(createAddress(host, port)),
  );
  const time = timeText(timeSeconds);
  return `#${number}${time === undefined ? '' : ` ${time}`}  ${source} > ${target}`;
}

/** The largest time that a `Date` can hold, in seconds. */
const TIME_MAX = 8.64e12;

function timeText(seconds: number | undefined): string | undefined {
  if (seconds === undefined || Math.abs(seconds) > TIME_MAX) return undefined;
  return new Date(seconds * 1000).toISOString();
}

/** Why a packet would be dropped, with the place where that shows. */
export function problemText({ problem, title }: Decoded): string {
  if (problem === undefined) return '';
  const { detail, kind, offset, path } = problem;
  if (kind !== 'does-not-fit') return detail;
  const place = title === undefined ? path : `${title}.${path}`;
  return `${place} at offset ${offset}: ${detail}`;
}

const LEFT_OUT: Readonly<Record<LeftOut, string>> = {
  'unknown-link': 'of a link type that is not read',
  'not-udp': 'not UDP',
  fragment: 'pieces of larger packets',
  'cut-short': 'cut short by the capture',
  malformed: 'with headers that make no sense',
};

/** How a capture was read, and where it broke off; nothing for a single packet. */
export function summary(
  { isCapture, leftOut, problem }: Input,
  counts: { readonly read: number; readonly refused: number; readonly unknown: number },
): string {
  const broken =
    problem === undefined
      ? ''
      : `error: the capture breaks off at offset ${problem.offset}: ${problem.detail}\n`;
  if (!isCapture) return broken;
  const texts = [
    `${counted(counts.read, 'packet')} read`,
    ...(counts.refused === 0 ? [] : [`${counts.refused} refused`]),
    ...(counts.unknown === 0 ? [] : [`${counts.unknown} of no community of these schemas`]),
    ...[...leftOut].map(([reason, count]) => `${counted(count, 'frame')} ${LEFT_OUT[reason]}`),
  ];
  return `${texts.join(', ')}\n${broken}`;
}

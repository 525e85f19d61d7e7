/** Recorded packets of the reference implementation, as far as these tests look at them. */
import { readFileSync } from 'node:fs';
import type { Address } from '../../../runtime/address/address.ts';
import { createAddress } from '../../../runtime/address/text.ts';

export type RecordedAddress = { readonly host: string; readonly port: number };
export type RecordedPayload = {
  readonly class: string;
  readonly fields: Readonly<Record<string, unknown>>;
};
export type RecordedNode = {
  readonly name: string;
  readonly level: string;
  readonly private_bin: string;
  readonly public_bin: string;
  readonly wan: RecordedAddress;
  readonly lan: RecordedAddress;
};
export type RecordedDatagram = {
  readonly from: string;
  readonly to: string;
  readonly destination: RecordedAddress;
  readonly hex: string;
  readonly decoded: {
    readonly msg_id: number;
    readonly global_time?: string;
    readonly payload_hex: string;
    readonly payloads: readonly RecordedPayload[];
  };
};
export type RecordedCase = {
  readonly id: string;
  readonly name: string;
  readonly community: string;
  readonly hex: string;
  /** Where it came from. */
  readonly source: RecordedAddress;
  /** What a fresh py-ipv8 overlay made of it. */
  readonly outcome: {
    readonly result: string;
    readonly sent?: readonly { readonly to: RecordedAddress; readonly hex: string }[];
  };
};
export type RecordedValid = RecordedCase & {
  readonly msg_id: number;
  readonly signed: boolean;
  readonly global_time_present: boolean;
  readonly sender: { readonly private_bin: string; readonly public_bin: string };
  readonly decoded: { readonly payload_hex: string; readonly global_time?: string };
};
export type Scene = {
  readonly prefixes: Readonly<Record<string, string>>;
  readonly receiver: RecordedNode;
  readonly valid: readonly RecordedValid[];
  readonly hostile: readonly RecordedCase[];
  readonly mutation_sweeps?: readonly RecordedSweep[];
  readonly truncation_sweeps?: readonly RecordedSweep[];
  readonly msg_id_sweeps?: readonly RecordedSweep[];
  readonly transcripts: readonly RecordedTranscript[];
  readonly misc: Readonly<Record<string, unknown>>;
};
export type RecordedSweep = { readonly id: string; readonly community: string };
export type RecordedTranscript = {
  readonly id: string;
  readonly name: string;
  readonly nodes: readonly RecordedNode[];
  readonly datagrams: readonly RecordedDatagram[];
};

export const scenes: readonly Scene[] = JSON.parse(
  readFileSync(new URL('../../vectors/packets.json', import.meta.url), 'utf8'),
).scenes;

export function addressOf(recorded: unknown): Address {
  const { host, port } = recorded as RecordedAddress;
  return createAddress(host, port);
}

/** The transcript of that name in each scene. */
export function transcripts(name: string) {
  return scenes.flatMap((scene) => scene.transcripts.filter((one) => one.name === name));
}

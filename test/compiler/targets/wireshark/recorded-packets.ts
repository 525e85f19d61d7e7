/** Every packet of `packets.json`: valid and hostile ones, sweeps and conversations. */
import { readFileSync } from 'node:fs';
import type { Json } from '../../../vector-runner/values.ts';

export type Payload = {
  readonly class: string;
  readonly fields: { readonly [name: string]: Json };
};

export type RecordedPacket = {
  readonly id: string;
  readonly hex: string;
  /** What py-ipv8 read of it, the global time first; undefined of a packet that is not recorded as valid. */
  readonly payloads: readonly Payload[] | undefined;
};

type Run = { readonly from: number; readonly to: number };

type Sweep = { readonly id: string; readonly runs: readonly Run[] };

type Scene = {
  readonly prefixes: { readonly vec: string };
  readonly valid: readonly {
    readonly id: string;
    readonly hex: string;
    readonly outcome: { readonly delivered: readonly Payload[] };
  }[];
  readonly hostile: readonly { readonly id: string; readonly hex: string }[];
  readonly mutation_sweeps?: readonly (Sweep & { readonly hex: string; readonly xor: number })[];
  readonly truncation_sweeps?: readonly (Sweep & { readonly hex: string })[];
  readonly msg_id_sweeps?: readonly (Sweep & { readonly prefix: string; readonly body: string })[];
  readonly transcripts?: readonly {
    readonly id: string;
    readonly community_id?: string;
    readonly datagrams: readonly {
      readonly hex: string;
      readonly decoded: { readonly global_time?: string; readonly payloads?: readonly Payload[] };
    }[];
  }[];
};

const { scenes } = JSON.parse(
  readFileSync(new URL('../../../vectors/packets.json', import.meta.url), 'utf8'),
) as { readonly scenes: readonly Scene[] };

/** The prefixes of the community that the recordings made up. */
export const VEC_PREFIXES: readonly string[] = scenes.map(({ prefixes }) => prefixes.vec);

export const RECORDED_PACKETS: readonly RecordedPacket[] = scenes.flatMap((scene) => [
  ...scene.valid.map(({ hex, id, outcome }) => ({ id, hex, payloads: outcome.delivered })),
  ...(scene.transcripts ?? []).flatMap(({ datagrams, id }) =>
    datagrams.map(({ decoded, hex }, at) => ({ id: `${id}-${at}`, hex, payloads: whole(decoded) })),
  ),
  ...scene.hostile.map(({ hex, id }) => ({ id, hex, payloads: undefined })),
  ...(scene.mutation_sweeps ?? []).flatMap((sweep) =>
    steps(sweep).map(({ id, step }) => {
      const changed = Buffer.from(sweep.hex, 'hex');
      changed[step] = (changed[step] ?? 0) ^ sweep.xor;
      return { id, hex: changed.toString('hex'), payloads: undefined };
    }),
  ),
  ...(scene.truncation_sweeps ?? []).flatMap((sweep) =>
    steps(sweep).map(({ id, step }) => ({
      id,
      hex: sweep.hex.slice(0, 2 * step),
      payloads: undefined,
    })),
  ),
  ...(scene.msg_id_sweeps ?? []).flatMap((sweep) =>
    steps(sweep).map(({ id, step }) => ({
      id,
      hex: sweep.prefix + step.toString(16).padStart(2, '0') + sweep.body,
      payloads: undefined,
    })),
  ),
]);

function whole(decoded: {
  readonly global_time?: string;
  readonly payloads?: readonly Payload[];
}): readonly Payload[] {
  const time =
    decoded.global_time === undefined
      ? []
      : [
          {
            class: 'GlobalTimeDistributionPayload',
            fields: { global_time: decoded.global_time },
          },
        ];
  return [...time, ...(decoded.payloads ?? [])];
}

function steps({ id, runs }: Sweep): readonly { readonly id: string; readonly step: number }[] {
  return runs.flatMap(({ from, to }) =>
    Array.from({ length: to - from + 1 }, (_, at) => ({
      id: `${id}@${from + at}`,
      step: from + at,
    })),
  );
}

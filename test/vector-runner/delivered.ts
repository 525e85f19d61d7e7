/** Payloads as py-ipv8 delivers them → the fields of our one message. */
import type { MessageType } from '../../runtime/protocol/protocol.ts';
import type { Json } from './values.ts';

type Fields = { readonly [name: string]: Json };
type Payload = { readonly class: string; readonly fields: Fields };

const CONNECTION: { readonly [text: string]: number } = {
  unknown: 0,
  'N/A': 1,
  public: 2,
  'symmetric-NAT': 3,
};

/** Where our schema names or groups fields in another way. */
const RESHAPE: { readonly [messageName: string]: (fields: Fields) => Fields } = {
  IntroductionRequest: ({ advice, connection_type, supports_new_style, ...fields }) => ({
    ...fields,
    flags: {
      connection: connectionOf(connection_type),
      supports_new_style: supports_new_style ?? null,
      // py-ipv8 inverts the bit when it reads it (ipv8/messaging/payload.py:108); the wire says otherwise.
      advice: advice !== true,
    },
  }),
  IntroductionResponse: ({
    connection_type,
    supports_new_style,
    intro_supports_new_style,
    peer_limit_reached,
    ...fields
  }) => ({
    ...fields,
    flags: {
      connection: connectionOf(connection_type),
      supports_new_style: supports_new_style ?? null,
      introduced_supports_new_style: intro_supports_new_style ?? null,
      peer_limit_reached: peer_limit_reached ?? null,
    },
  }),
  NewIntroductionRequest: ({ connection_type_0, connection_type_1, ...rest }) => {
    const { supports_new_style, dflag1, dflag2, tunnel, sync, advice, ...fields } = rest;
    return {
      ...fields,
      flags: {
        connection: 2 * Number(connection_type_0) + Number(connection_type_1),
        ...switches({ supports_new_style, dflag1, dflag2, tunnel, sync, advice }),
      },
    };
  },
  NewIntroductionResponse: ({ intro_supports_new_style, ...rest }) => {
    const { flag1, flag2, flag3, flag4, flag5, flag6, flag7, ...fields } = rest;
    const numbered = { flag1, flag2, flag3, flag4, flag5, flag6, flag7 };
    return {
      ...fields,
      flags: switches({ introduced_supports_new_style: intro_supports_new_style, ...numbered }),
    };
  },
  SimilarityRequest: ({ connection_type, ...fields }) => ({
    ...fields,
    flags: { connection: connectionOf(connection_type) },
  }),
  SimilarityResponse: ({ tb_overlap, ...fields }) => ({
    ...fields,
    overlap: listOf(tb_overlap).map((pair) => {
      const [community_id, count] = listOf(pair);
      return { community_id: community_id ?? null, count: count ?? null };
    }),
  }),
  PeersResponse: ({ peers, ...fields }) => ({
    ...fields,
    peers: listOf(peers).map((peer) => {
      const { seeder_pk, ...info } = (peer as Payload).fields;
      return { ...info, seeder_key: seeder_pk ?? null };
    }),
  }),
};

export function fieldsOf(payloads: readonly Payload[], type: MessageType<unknown>): Json {
  const [first, second] = payloads;
  if (first === undefined) return {};
  if (second !== undefined) return { first: first.fields, ...second.fields };
  return RESHAPE[type.messageName]?.(first.fields) ?? first.fields;
}

/** py-ipv8's `bits` are 0 and 1. */
function switches(bits: { readonly [name: string]: Json | undefined }): Fields {
  return Object.fromEntries(Object.entries(bits).map(([name, bit]) => [name, bit === 1]));
}

function connectionOf(text: Json | undefined): number {
  return CONNECTION[String(text)] ?? -1;
}

function listOf(json: Json | undefined): readonly Json[] {
  return Array.isArray(json) ? json : [];
}

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

function connectionOf(text: Json | undefined): number {
  return CONNECTION[String(text)] ?? -1;
}

function listOf(json: Json | undefined): readonly Json[] {
  return Array.isArray(json) ? json : [];
}

/** Payloads as py-ipv8 delivers them → the fields of our one message. */
import type { StructType } from '../../runtime/protocol/protocol.ts';
import { isRecord, type Json } from './values.ts';

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
      advice: advice ?? null,
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
  // One value that is a tuple, after reading; the bit of the new style is always sent.
  DiscoveryIntroductionRequest: ({ advice, connection_type, introduce_to, ...fields }) => ({
    introduce_to: isRecord(introduce_to)
      ? (listOf(introduce_to['tuple'])[0] ?? introduce_to)
      : null,
    ...fields,
    flags: {
      connection: connectionOf(connection_type),
      supports_new_style: true,
      advice: advice ?? null,
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
  BitsPayload: (flags) => ({ flags: switches(flags) }),
  CompiledBitsPayload: (flags) => ({ flags: switches(flags) }),
  MemberAuthentication: renamed({ public_key_bin: 'public_key' }),
  DhtIntroductionPoint: renamed({ intro_pk: 'introduction_key', seeder_pk: 'seeder_key' }),
  Data: renamed({ dest_address: 'destination_address', org_address: 'origin_address' }),
  Created: renamed({ candidates_enc: 'encrypted_candidates' }),
  Extended: renamed({ candidates_enc: 'encrypted_candidates' }),
  Extend: renamed({ node_addr: 'node_address' }),
  RendezvousEstablished: renamed({ rendezvous_point_addr: 'rendezvous_address' }),
  CreatedEndToEnd: renamed({ rp_info_enc: 'encrypted_rendezvous' }),
  IntroductionInfo: renamed({ seeder_pk: 'seeder_key' }),
  PeersResponse: ({ peers, ...fields }) => ({
    ...fields,
    peers: listOf(peers).map((peer) =>
      renamed({ seeder_pk: 'seeder_key' })((peer as Payload).fields),
    ),
  }),
};

/** The fields that payloads were made from. */
export function fieldsOf(payloads: readonly Payload[], type: StructType<unknown>): Json {
  const [first, second] = payloads;
  if (first === undefined) return {};
  if (second !== undefined) return { first: first.fields, ...second.fields };
  return RESHAPE[type.messageName]?.(first.fields) ?? first.fields;
}

/** The fields that payloads were read with, as they are on the wire. */
export function readFieldsOf(payloads: readonly Payload[], type: StructType<unknown>): Json {
  return fieldsOf(payloads.map(asOnWire), type);
}

/** py-ipv8 inverts the advice bit of these when it reads it (ipv8/messaging/payload.py:108). */
export function isAdviceInverted(payload: { readonly class: string }): boolean {
  return /^(Discovery)?IntroductionRequestPayload$/.test(payload.class);
}

function asOnWire(payload: Payload): Payload {
  if (!isAdviceInverted(payload)) return payload;
  const { advice, ...fields } = payload.fields;
  return { ...payload, fields: { ...fields, advice: advice !== true } };
}

function renamed(names: { readonly [theirs: string]: string }): (fields: Fields) => Fields {
  return (fields) =>
    Object.fromEntries(Object.entries(fields).map(([name, value]) => [names[name] ?? name, value]));
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

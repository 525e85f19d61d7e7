/** The plain values in the fields of the schemas, and back. */
import type { FindRequest, FindResponse, StoreRequest } from '../../../../generated/dht.ts';
import type {
  IntroductionRequest,
  IntroductionResponse,
} from '../../../../generated/introduction.ts';
import type { Clock } from '../../../../generated/lamport.ts';
import type { Data, PeersResponse } from '../../../../generated/tunnel.ts';
import { ipv4Number } from '../../../../runtime/address/ip.ts';
import { ipv4Address } from '../../../../runtime/address/shared-ipv4.ts';
import type { Address } from '../../../../runtime/address/address.ts';
import type { Host, MessageName, Messages } from '../messages.ts';

/** The generated class of each message. */
export type Translated = {
  readonly Clock: Clock;
  readonly IntroductionRequest: IntroductionRequest;
  readonly IntroductionResponse: IntroductionResponse;
  readonly FindRequest: FindRequest;
  readonly StoreRequest: StoreRequest;
  readonly FindResponse: FindResponse;
  readonly Data: Data;
  readonly PeersResponse: PeersResponse;
};

type Translation<Name extends MessageName> = {
  readonly to: (value: Messages[Name]) => Translated[Name];
  readonly from: (fields: Translated[Name]) => Messages[Name];
};

const TRANSLATIONS: { readonly [Name in MessageName]: Translation<Name> } = {
  Clock: { to: (value) => value, from: ({ clock }) => ({ clock }) },
  IntroductionRequest: {
    to: ({ advice, connection, ...value }) => ({
      ...introduction(value),
      flags: { connection, supportsNewStyle: true, advice },
    }),
    from: (fields) => ({ ...introduced(fields), advice: fields.flags.advice }),
  },
  IntroductionResponse: {
    to: ({ connection, introducedLan, introducedWan, ...value }) => ({
      ...introduction(value),
      lanIntroductionAddress: addressOf(introducedLan),
      wanIntroductionAddress: addressOf(introducedWan),
      flags: {
        connection,
        supportsNewStyle: true,
        introducedSupportsNewStyle: true,
        peerLimitReached: false,
      },
    }),
    from: (fields) => ({
      ...introduced(fields),
      introducedLan: hostOf(fields.lanIntroductionAddress),
      introducedWan: hostOf(fields.wanIntroductionAddress),
    }),
  },
  FindRequest: {
    to: ({ lan, ...value }) => ({ ...value, lanAddress: addressOf(lan) }),
    from: ({ lanAddress, ...fields }) => ({ ...fields, lan: hostOf(lanAddress) }),
  },
  StoreRequest: { to: (value) => value, from: (fields) => ({ ...fields }) },
  FindResponse: {
    to: ({ nodes, ...value }) => ({
      ...value,
      values: [],
      nodes: nodes.map((node) => ({ ...node, address: addressOf(node.address) })),
    }),
    from: ({ identifier, nodes, token }) => ({
      identifier,
      token,
      nodes: nodes.map((node) => ({ ...node, address: hostOf(node.address) })),
    }),
  },
  Data: {
    to: ({ destination, origin, ...value }) => ({
      ...value,
      destinationAddress: addressOf(destination),
      originAddress: addressOf(origin),
    }),
    from: ({ destinationAddress, originAddress, ...fields }) => ({
      ...fields,
      destination: hostOf(destinationAddress),
      origin: hostOf(originAddress),
    }),
  },
  PeersResponse: {
    to: ({ peers, ...value }) => ({
      ...value,
      peers: peers.map((peer) => ({ ...peer, address: addressOf(peer.address) })),
    }),
    from: ({ peers, ...fields }) => ({
      ...fields,
      peers: peers.map((peer) => ({ ...peer, address: hostOf(peer.address) })),
    }),
  },
};

/** A plain value as the fields of the generated class. */
export function fieldsOf<Name extends MessageName>(
  name: Name,
  value: Messages[Name],
): Translated[Name] {
  return TRANSLATIONS[name].to(value);
}

/** The plain value of a message. */
export function plainOf<Name extends MessageName>(
  name: Name,
  fields: Translated[Name],
): Messages[Name] {
  return TRANSLATIONS[name].from(fields);
}

type IntroductionValue = Omit<Messages['IntroductionRequest'], 'advice' | 'connection'>;

function introduction({ destination, extra, identifier, sourceLan, sourceWan }: IntroductionValue) {
  return {
    destinationAddress: addressOf(destination),
    sourceLanAddress: addressOf(sourceLan),
    sourceWanAddress: addressOf(sourceWan),
    identifier,
    extraBytes: extra,
  };
}

function introduced(
  fields: Translated['IntroductionRequest'] | Translated['IntroductionResponse'],
) {
  return {
    destination: hostOf(fields.destinationAddress),
    sourceLan: hostOf(fields.sourceLanAddress),
    sourceWan: hostOf(fields.sourceWanAddress),
    connection: fields.flags.connection,
    identifier: fields.identifier,
    extra: fields.extraBytes,
  };
}

function addressOf({ bits, port }: Host): Address {
  return ipv4Address(bits, port);
}

function hostOf({ host, port }: Address): Host {
  return { bits: ipv4Number(host) ?? 0, port };
}

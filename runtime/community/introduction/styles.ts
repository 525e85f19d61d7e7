/**
 * The two forms of the introduction messages: the old one (246, 245, 250, 249) can tell of IPv4
 * addresses alone, the new one (234, 233, 232, 231) of IPv6 too. What is said is the same.
 *
 * Which form is spoken to whom: py-ipv8 3.2 ipv8/community.py:276-655. Every peer understands the old
 * one; who announces the new one is spoken to in it, and IPv6 has no other.
 */
import { type Address, NO_ADDRESS } from '../../address/address.ts';
import type { MessageType } from '../../protocol/protocol.ts';
import {
  ConnectionType,
  IntroductionRequest,
  IntroductionResponse,
  NewIntroductionRequest,
  NewIntroductionResponse,
  NewPuncture,
  NewPunctureRequest,
  Puncture,
  PunctureRequest,
} from '../../../generated/introduction.ts';

export type Style = 'old' | 'new';

// Messages are put together property by property: what is spread is read, and described to V8, anew
// for each datagram.

/** A message and its type. */
export type Outgoing = { readonly type: MessageType<unknown>; readonly message: unknown };

/** What a request says, in either style. */
export type Request = {
  readonly destinationAddress: Address;
  readonly sourceLanAddress: Address;
  readonly sourceWanAddress: Address;
  readonly identifier: number;
};

/** What a response says, in either style. */
export type Response = Request & {
  readonly lanIntroductionAddress: Address;
  readonly wanIntroductionAddress: Address;
  /** The introduced peer is spoken to in the new style. */
  readonly introducedSupportsNewStyle: boolean;
};

/** What a puncture request says, in either style. */
export type PunctureOrder = {
  readonly lanWalkerAddress: Address;
  readonly wanWalkerAddress: Address;
  readonly identifier: number;
};

/** What a puncture says, in either style. */
export type PunctureNews = {
  readonly sourceLanAddress: Address;
  readonly sourceWanAddress: Address;
  readonly identifier: number;
};

/** The style that can tell of all these addresses: the one wanted, or the new one. */
export function styleFor(wanted: Style, addresses: readonly Address[]): Style {
  return addresses.every(({ kind }) => kind === 'ipv4') ? wanted : 'new';
}

export function requestOf(style: Style, request: Request): Outgoing {
  if (style === 'new') {
    const message = new NewIntroductionRequest({
      destinationAddress: request.destinationAddress,
      sourceLanAddress: request.sourceLanAddress,
      sourceWanAddress: request.sourceWanAddress,
      identifier: request.identifier,
      // The reference sends all of them as 0 and reads none (community.py:60).
      flags: {
        connection: ConnectionType.unknown,
        supportsNewStyle: false,
        dflag1: false,
        dflag2: false,
        tunnel: false,
        sync: false,
        advice: false,
      },
      extraBytes: NO_BYTES,
    });
    return { type: NewIntroductionRequest, message };
  }
  const message = new IntroductionRequest({
    destinationAddress: request.destinationAddress,
    identifier: request.identifier,
    sourceLanAddress: ipv4(request.sourceLanAddress),
    sourceWanAddress: ipv4(request.sourceWanAddress),
    // Only the answer announces the new style: to whom we ask so we do not speak it yet.
    flags: { connection: ConnectionType.unknown, supportsNewStyle: false, advice: true },
    extraBytes: NO_BYTES,
  });
  return { type: IntroductionRequest, message };
}

/** `isFull`: we take no more peers; only the old style can say so. */
export function responseOf(style: Style, response: Response, isFull: boolean): Outgoing {
  const { destinationAddress, identifier, introducedSupportsNewStyle } = response;
  if (style === 'new') {
    const message = new NewIntroductionResponse({
      destinationAddress,
      identifier,
      sourceLanAddress: response.sourceLanAddress,
      sourceWanAddress: response.sourceWanAddress,
      lanIntroductionAddress: response.lanIntroductionAddress,
      wanIntroductionAddress: response.wanIntroductionAddress,
      flags: { ...NO_NUMBERED_FLAGS, introducedSupportsNewStyle },
      extraBytes: NO_BYTES,
    });
    return { type: NewIntroductionResponse, message };
  }
  const message = new IntroductionResponse({
    destinationAddress,
    identifier,
    sourceLanAddress: ipv4(response.sourceLanAddress),
    sourceWanAddress: ipv4(response.sourceWanAddress),
    lanIntroductionAddress: ipv4(response.lanIntroductionAddress),
    wanIntroductionAddress: ipv4(response.wanIntroductionAddress),
    flags: {
      connection: ConnectionType.unknown,
      supportsNewStyle: true,
      introducedSupportsNewStyle,
      peerLimitReached: isFull,
    },
    extraBytes: NO_BYTES,
  });
  return { type: IntroductionResponse, message };
}

export function punctureRequestOf(style: Style, order: PunctureOrder): Outgoing {
  return style === 'new'
    ? { type: NewPunctureRequest, message: new NewPunctureRequest(order) }
    : { type: PunctureRequest, message: new PunctureRequest(order) };
}

export function punctureOf(style: Style, news: PunctureNews): Outgoing {
  if (style === 'new') return { type: NewPuncture, message: new NewPuncture(news) };
  const { sourceWanAddress, identifier } = news;
  const sourceLanAddress = ipv4(news.sourceLanAddress);
  const message = new Puncture({ sourceLanAddress, sourceWanAddress, identifier });
  return { type: Puncture, message };
}

const NO_BYTES = new Uint8Array(0);

/** Without a meaning yet; the reference sends them as 0 (community.py:62). */
const NO_NUMBERED_FLAGS = {
  flag1: false,
  flag2: false,
  flag3: false,
  flag4: false,
  flag5: false,
  flag6: false,
  flag7: false,
} as const;

function ipv4(address: Address): Address {
  return address.kind === 'ipv4' ? address : NO_ADDRESS;
}

/**
 * The handlers of a protocol as a type: forget one, or ask an unsigned message for its peer, and it
 * does not compile.
 */
import type { Address } from '../address/address.ts';
import type { NetworkError } from '../base/network-error.ts';
import type { Result } from '../base/result.ts';
import type { Peer } from '../peer/peer.ts';
import type { MessageOf, MessageType, Protocol } from './protocol.ts';
import type { Reply, RequestType } from './requests.ts';

/** What a handler knows of any message besides its fields. */
export type UnsignedContext = {
  /** Where the datagram came from. Anybody can send from, or forge, an address. */
  readonly from: Address;
};

/** A signed message's sender is proved by its signature. */
export type SignedContext = UnsignedContext & {
  readonly peer: Peer;
};

/** A timed message also carries the sender's global time. */
export type TimedContext = {
  readonly globalTime: bigint;
};

/** The context that messages of type `M` come with. */
export type ContextOf<M> = (M extends { readonly auth: 'signed' }
  ? SignedContext
  : UnsignedContext) &
  (M extends { readonly isTimed: true } ? TimedContext : unknown);

/** What the handler of this name gives: an answer to a question, nothing to other messages. */
export type HandlerResult<P extends Protocol, Name> = P extends { readonly requests: infer All }
  ? Name extends keyof All
    ? All[Name] extends RequestType
      ? Reply<All[Name]>
      : never
    : void | Promise<void>
  : void | Promise<void>;

/** One handler per message of the protocol, by the message's name with a small first letter. */
export type Handlers<P extends Protocol> = {
  readonly [Name in keyof P['messages']]: (
    message: MessageOf<P['messages'][Name]>,
    context: ContextOf<P['messages'][Name]>,
  ) => HandlerResult<P, Name>;
};

/** A peer, found at the address it is known by, or a place. */
export type Destination = Peer | Address;

export type TimedSendOptions = {
  /** Sent as the global time; the overlay's own clock when left out. */
  readonly globalTime?: bigint;
  /** Signs with the key of this one of our own peers, whose overlay it is, instead of our own. */
  readonly as?: Peer;
};

/** What typed send functions need of an overlay. */
export type Sender = {
  /**
   * Seals the message and hands it to the network. UDP promises nothing: `ok` means it left.
   * @throws EncodeError when a value does not fit its field.
   */
  send<T>(
    to: Destination,
    type: MessageType<T>,
    message: T,
    options?: TimedSendOptions,
  ): Result<undefined, NetworkError>;
};

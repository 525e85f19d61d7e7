/**
 * Communities of different protocols as one type, so that they can be kept and started together.
 */
import type { Protocol } from '../protocol/protocol.ts';
import type { Behaviour, Overlay, StrategyFactory } from './overlay.ts';

/**
 * A handler whose message nobody outside knows. Parameters are compared contravariantly, so every
 * handler is one of these, and none can be called without the cast in `router.ts`, which stands
 * beside the decoder of the same name.
 */
export type AnyHandler = (message: never, context: never) => unknown;

/** What `Behaviour<P>` is for a `P` that is not known. */
export type AnyBehaviour = Omit<Behaviour<Protocol>, 'handlers'> & {
  readonly handlers: { readonly [name: string]: AnyHandler };
};

/** Any `Community<P>` is one of these, without a cast. */
export type AnyCommunity = {
  readonly protocol: Protocol;
  readonly strategies?: Readonly<Record<string, StrategyFactory>>;
  create(overlay: Overlay, settings: Readonly<Record<string, unknown>>): AnyBehaviour;
};

/**
 * Somebody with one network (/24) and any number of keys among honest nodes: every key asks everybody
 * for introductions, answers as it should, and introduces more of its kind.
 */
import { IntroductionRequest, IntroductionResponse } from '../../../generated/introduction.ts';
import { discoveryProtocol } from '../../../generated/discovery.ts';
import { type Address, NO_ADDRESS } from '../../../runtime/address/address.ts';
import { createAddress } from '../../../runtime/address/text.ts';
import { concatBytes } from '../../../runtime/base/bytes.ts';
import { createCrypto } from '../../../runtime/crypto/create-crypto.ts';
import type { PrivateKey } from '../../../runtime/crypto/keys.ts';
import type { DatagramSocket } from '../../../runtime/env/datagrams.ts';
import { createPrefix } from '../../../runtime/packet/header.ts';
import { open } from '../../../runtime/packet/open.ts';
import { seal } from '../../../runtime/packet/seal.ts';
import { createStandInCrypto, type World } from '../../../runtime/simulation/index.ts';

export type SybilOptions = {
  readonly keys: number;
  readonly targets: readonly Address[];
  /** Requests a second, of all keys together. */
  readonly pace: number;
};

const HOSTS = 200;
const NETWORK = '66.6.6';
const NO_BYTES = new Uint8Array(0);

type Sybil = { readonly key: PrivateKey; readonly socket: DatagramSocket };

export function isSybil({ host }: Address): boolean {
  return host.startsWith(`${NETWORK}.`);
}

/** From now on they are in the world. */
export async function addSybils(world: World, options: SybilOptions): Promise<void> {
  const { keys, targets, pace } = options;
  const crypto = createStandInCrypto(await createCrypto());
  const prefix = createPrefix(discoveryProtocol.version, discoveryProtocol.communityId);
  const sybils: Sybil[] = [];
  const { clock, random } = world.env(`${NETWORK}.250`);
  const another = (): Address => sybils[random.below(sybils.length)]?.socket.address ?? NO_ADDRESS;
  const common = { sourceLanAddress: NO_ADDRESS, extraBytes: NO_BYTES };

  function answer(sybil: Sybil, bytes: Uint8Array, from: Address): void {
    const asked = open(bytes, IntroductionRequest, { crypto });
    if (!asked.ok) return;
    const response = new IntroductionResponse({
      ...common,
      destinationAddress: from,
      sourceWanAddress: sybil.socket.address,
      lanIntroductionAddress: NO_ADDRESS,
      wanIntroductionAddress: another(),
      flags: {
        connection: 0,
        supportsNewStyle: false,
        introducedSupportsNewStyle: false,
        peerLimitReached: false,
      },
      identifier: (asked.value.message as IntroductionRequest).identifier,
    });
    const envelope = { prefix, identity: sybil.key, crypto, globalTime: 1n };
    sybil.socket.send(seal(IntroductionResponse, response, envelope), from);
  }

  function ask({ key, socket }: Sybil, target: Address): void {
    const request = new IntroductionRequest({
      ...common,
      destinationAddress: target,
      sourceWanAddress: socket.address,
      flags: { connection: 0, supportsNewStyle: false, advice: true },
      identifier: random.below(65_536),
    });
    socket.send(
      seal(IntroductionRequest, request, { prefix, identity: key, crypto, globalTime: 1n }),
      target,
    );
  }

  for (let count = 0; count < keys; count++) {
    const seed = concatBytes(new TextEncoder().encode('LibNaCLSK:'), random.bytes(64));
    const key = crypto.privateKey(seed);
    if (!key.ok) throw new Error(key.error.message);
    const host = `${NETWORK}.${1 + (count % HOSTS)}`;
    const place = createAddress(host, 2_000 + Math.floor(count / HOSTS));
    const made: Sybil[] = [];
    const bound = await world.env(host).datagrams.bind(place, {
      onDatagram: (bytes, from) => made.forEach((sybil) => answer(sybil, bytes, from)),
      onError: () => {},
    });
    if (!bound.ok) throw bound.error;
    made.push({ key: key.value, socket: bound.value });
    sybils.push(...made);
  }
  let turn = 0;
  const step = (): void => {
    const sybil = sybils[random.below(sybils.length)];
    const target = targets[turn % targets.length];
    turn += 1;
    if (sybil !== undefined && target !== undefined) ask(sybil, target);
    clock.after(1_000 / pace, step);
  };
  step();
}

import { expect, test } from 'vitest';
import {
  ConnectionType,
  IntroductionRequest,
  IntroductionResponse,
  Puncture,
  PunctureRequest,
} from '../../../generated/introduction.ts';
import { fromHex, toHex } from '../../../runtime/base/bytes.ts';
import { createCrypto } from '../../../runtime/crypto/create-crypto.ts';
import { open } from '../../../runtime/packet/open.ts';
import { PREFIX_BYTES } from '../../../runtime/packet/header.ts';
import { seal } from '../../../runtime/packet/seal.ts';
import type { MessageType } from '../../../runtime/protocol/protocol.ts';
import { addressOf, type RecordedPayload, transcripts } from './vectors.ts';

const crypto = await createCrypto();

const TYPES: { readonly [name: string]: MessageType<unknown> } = {
  IntroductionRequestPayload: IntroductionRequest,
  IntroductionResponsePayload: IntroductionResponse,
  PunctureRequestPayload: PunctureRequest,
  PuncturePayload: Puncture,
};

/**
 * The recorded fields as our messages; the reference's decoder inverts `advice` (payload.py:108).
 */
function messageOf({ class: name, fields }: RecordedPayload): unknown {
  const address = (field: string) => addressOf(fields[field]);
  const identifier = Number(fields['identifier']);
  const extraBytes = new Uint8Array(0);
  expect(fields['connection_type'] ?? 'unknown').toBe('unknown');
  const connection = ConnectionType.unknown;
  switch (name) {
    case 'IntroductionRequestPayload':
      return new IntroductionRequest({
        destinationAddress: address('destination_address'),
        sourceLanAddress: address('source_lan_address'),
        sourceWanAddress: address('source_wan_address'),
        flags: {
          connection,
          supportsNewStyle: fields['supports_new_style'] === true,
          advice: fields['advice'] === false,
        },
        identifier,
        extraBytes,
      });
    case 'IntroductionResponsePayload':
      return new IntroductionResponse({
        destinationAddress: address('destination_address'),
        sourceLanAddress: address('source_lan_address'),
        sourceWanAddress: address('source_wan_address'),
        lanIntroductionAddress: address('lan_introduction_address'),
        wanIntroductionAddress: address('wan_introduction_address'),
        flags: {
          connection,
          supportsNewStyle: fields['supports_new_style'] === true,
          introducedSupportsNewStyle: fields['intro_supports_new_style'] === true,
          peerLimitReached: fields['peer_limit_reached'] === true,
        },
        identifier,
        extraBytes,
      });
    case 'PunctureRequestPayload':
      return new PunctureRequest({
        lanWalkerAddress: address('lan_walker_address'),
        wanWalkerAddress: address('wan_walker_address'),
        identifier,
      });
    default:
      return new Puncture({
        sourceLanAddress: address('source_lan_address'),
        sourceWanAddress: address('source_wan_address'),
        identifier,
      });
  }
}

for (const transcript of transcripts('introduction, old style, curve25519')) {
  for (const [at, datagram] of transcript.datagrams.entries()) {
    const [payload] = datagram.decoded.payloads;
    test(`${at}: ${datagram.from} → ${datagram.to} ${payload?.class}`, () => {
      if (payload === undefined) return expect.fail('no payload was recorded');
      const type = TYPES[payload.class];
      if (type === undefined) return expect.fail(`unexpected ${payload.class}`);
      const sender = transcript.nodes.find((node) => node.name === datagram.from);
      const identity = crypto.privateKey(fromHex(sender?.private_bin ?? ''));
      if (!identity.ok) return expect.fail(identity.error.message);
      const bytes = fromHex(datagram.hex);
      const globalTime = BigInt(datagram.decoded.global_time ?? '');

      const sealed = seal(type, messageOf(payload), {
        prefix: bytes.slice(0, PREFIX_BYTES),
        identity: identity.value,
        crypto,
        globalTime,
      });
      expect(toHex(sealed)).toBe(datagram.hex);

      const opened = open(bytes, type, { crypto });
      if (!opened.ok) return expect.fail(opened.error.reason);
      expect(opened.value.message).toEqual(messageOf(payload));
      expect(opened.value.globalTime).toBe(globalTime);
      const key = opened.value.peer?.publicKey.bytes;
      expect(key === undefined ? undefined : toHex(key)).toBe(
        type.auth === 'signed' ? sender?.public_bin : undefined,
      );
    });
  }
}

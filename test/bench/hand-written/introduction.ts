/** Two messages of schemas/introduction.ipv8. */
import type { IntroductionRequest, IntroductionResponse } from '../../../generated/introduction.ts';
import type { HandWritten } from './codec.ts';
import { checkBool, checkEnd, checkU16, ipv4, putIpv4, putU16, refuse, u16 } from './cursor.ts';

export const introductionRequest: HandWritten<IntroductionRequest> = {
  write(message, bytes) {
    putIpv4(bytes, 0, message.destinationAddress, 'destination_address');
    putIpv4(bytes, 6, message.sourceLanAddress, 'source_lan_address');
    putIpv4(bytes, 12, message.sourceWanAddress, 'source_wan_address');
    const { advice, connection, supportsNewStyle } = message.flags;
    checkConnection(connection);
    checkBool(supportsNewStyle, 'flags.supports_new_style');
    checkBool(advice, 'flags.advice');
    bytes[18] = (connection << 6) | (supportsNewStyle ? 0x20 : 0) | (advice ? 1 : 0);
    checkU16(message.identifier, 'identifier');
    putU16(bytes, 19, message.identifier);
    bytes.set(message.extraBytes, 21);
    return 21 + message.extraBytes.length;
  },
  read(bytes) {
    checkEnd(21, bytes, 'identifier');
    const flags = bytes[18] as number;
    return {
      destinationAddress: ipv4(bytes, 0),
      sourceLanAddress: ipv4(bytes, 6),
      sourceWanAddress: ipv4(bytes, 12),
      flags: {
        connection: flags >> 6,
        supportsNewStyle: (flags & 0x20) !== 0,
        advice: (flags & 1) !== 0,
      },
      identifier: u16(bytes, 19),
      extraBytes: bytes.slice(21),
    };
  },
};

export const introductionResponse: HandWritten<IntroductionResponse> = {
  write(message, bytes) {
    putIpv4(bytes, 0, message.destinationAddress, 'destination_address');
    putIpv4(bytes, 6, message.sourceLanAddress, 'source_lan_address');
    putIpv4(bytes, 12, message.sourceWanAddress, 'source_wan_address');
    putIpv4(bytes, 18, message.lanIntroductionAddress, 'lan_introduction_address');
    putIpv4(bytes, 24, message.wanIntroductionAddress, 'wan_introduction_address');
    const { connection, introducedSupportsNewStyle, peerLimitReached, supportsNewStyle } =
      message.flags;
    checkConnection(connection);
    checkBool(supportsNewStyle, 'flags.supports_new_style');
    checkBool(introducedSupportsNewStyle, 'flags.introduced_supports_new_style');
    checkBool(peerLimitReached, 'flags.peer_limit_reached');
    bytes[30] =
      (connection << 6) |
      (supportsNewStyle ? 0x10 : 0) |
      (introducedSupportsNewStyle ? 0x08 : 0) |
      (peerLimitReached ? 0x04 : 0);
    checkU16(message.identifier, 'identifier');
    putU16(bytes, 31, message.identifier);
    bytes.set(message.extraBytes, 33);
    return 33 + message.extraBytes.length;
  },
  read(bytes) {
    checkEnd(33, bytes, 'identifier');
    const flags = bytes[30] as number;
    return {
      destinationAddress: ipv4(bytes, 0),
      sourceLanAddress: ipv4(bytes, 6),
      sourceWanAddress: ipv4(bytes, 12),
      lanIntroductionAddress: ipv4(bytes, 18),
      wanIntroductionAddress: ipv4(bytes, 24),
      flags: {
        connection: flags >> 6,
        supportsNewStyle: (flags & 0x10) !== 0,
        introducedSupportsNewStyle: (flags & 0x08) !== 0,
        peerLimitReached: (flags & 0x04) !== 0,
      },
      identifier: u16(bytes, 31),
      extraBytes: bytes.slice(33),
    };
  },
};

function checkConnection(connection: unknown): asserts connection is number {
  const isWhole = typeof connection === 'number' && connection === (connection & 3);
  if (!isWhole) refuse('flags.connection', 'not a whole number of 2 bits');
}

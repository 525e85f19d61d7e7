/** Known peers as a node keeps them from one run to the next. */
import { isDeepStrictEqual } from 'node:util';
import type { Address } from '../../../runtime/address/address.ts';
import { printIpv4, printIpv6 } from '../../../runtime/address/ip.ts';
import { SNAPSHOT_BYTES_MAX } from '../../../runtime/network/limits.ts';
import { readSnapshot, writeSnapshot } from '../../../runtime/network/snapshot.ts';
import { createChance } from '../../../compiler/values/chance.ts';
import { mutate, type Sample } from '../../../compiler/values/mutate.ts';
import { claim, type Family, type Target } from '../target.ts';

export const snapshots: Family = {
  name: 'snapshots',
  share: 2_000,
  targets(seed) {
    const samples = Array.from({ length: 16 }, (_, at) => sampleOf(seed, at));
    return Promise.resolve<readonly Target[]>([
      {
        name: 'snapshots/file',
        form: 'bytes',
        generate: (chance) => mutate({ samples }, chance),
        check: checkSnapshot,
      },
    ]);
  },
};

/** Tag, host and port of a few addresses of both families. */
function sampleOf(seed: number, number: number): Sample {
  const chance = createChance(seed, 'snapshots', number);
  const addresses = Array.from({ length: chance.below(8) }, (): Address => {
    const port = 1 + chance.below(65_535);
    if (chance.oneIn(2)) return { kind: 'ipv4', host: printIpv4(chance.bytes(4), 0), port };
    return { kind: 'ipv6', host: printIpv6(chance.bytes(16), 0), port };
  });
  let offset = 0;
  const spans = addresses.map((address) => {
    const span = { offset, length: writeSnapshot([address]).length, lead: 1 } as const;
    offset += span.length;
    return span;
  });
  return { bytes: writeSnapshot(addresses), spans };
}

function checkSnapshot(input: Uint8Array): void {
  const read = readSnapshot(input);
  if (!read.ok) {
    claim(/\d/.test(read.error.message), () => `does not say where: ${read.error.message}`);
    return;
  }
  claim(input.length <= SNAPSHOT_BYTES_MAX, () => `${input.length} bytes are read`);
  const odd = read.value.find(({ kind, port }) => kind === 'domain' || port < 1 || port > 65_535);
  claim(odd === undefined, () => `a ${odd?.kind} at port ${odd?.port}`);
  const isSame = isDeepStrictEqual(writeSnapshot(read.value), new Uint8Array(input));
  claim(isSame, () => 'is written otherwise than it was read');
}

/** What sizes are warned of can be allowed where it stands, as any warning. */
import { expect, test } from 'vitest';
import { programOf } from './expect-problems.ts';

const schema = (allow: (code: string) => string): string => `community Test = sha1("test") {
  ${allow('size/exceeds-datagram')}
  signed message Large = 1 { id: u32, all: bytes<u16, ..1400> }
  signed message Ask = 2 {
    id: u32
    ${allow('size/unbounded')}
    all: bytes<u16>
  }
  ${allow('size/amplification')}
  request ask(Ask): Large by id timeout 2s
  ${allow('size/decode-cost')}
  unsigned message Dear = 3 { all: list<bytes<u8>, rest> }
}
`;

async function codesOf(text: string): Promise<readonly string[]> {
  const { diagnostics } = await programOf({ 'a.ipv8': text });
  const codes = diagnostics.map(({ code }) => code as string);
  return codes.filter((code) => code !== 'style/undocumented').sort();
}

test('each warning of sizes is there', async () => {
  expect(await codesOf(schema(() => ''))).toEqual([
    'size/amplification',
    'size/decode-cost',
    'size/exceeds-datagram',
    'size/unbounded',
  ]);
});

test('each can be allowed', async () => {
  expect(await codesOf(schema((code) => `#allow(${code}, "LAN only")`))).toEqual([]);
});

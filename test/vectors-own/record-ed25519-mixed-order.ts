/**
 * Records libsodium's verdict on Ed25519 signatures whose key or R has a small-order part, or whose
 * parts are written in a way that is not the canonical one. Run by hand, with sodium-native
 * installed:
 * `npx tsx test/vectors-own/record-ed25519-mixed-order.ts`. Everything is derived from fixed
 * numbers.
 */
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { ed25519 } from '@noble/curves/ed25519.js';
import { sha512 } from '@noble/hashes/sha2.js';
import { concatBytes, fromHex, toHex } from '../../runtime/base/bytes.ts';

const { Point } = ed25519;
type CurvePoint = InstanceType<typeof Point>;

const L = Point.Fn.ORDER;
const P = 2n ** 255n - 19n;
/** A point of order 8; its multiples are all points of small order. */
const ORDER_8 = Point.fromHex('c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a');
const TORSION = Array.from({ length: 8 }, (_, index) => ORDER_8.multiplyUnsafe(BigInt(index)));
const SECRET = littleEndian(sha512(new TextEncoder().encode('mixed order: secret'))) % L;
const NONCE = littleEndian(sha512(new TextEncoder().encode('mixed order: nonce'))) % L;

type Parts = {
  readonly what: string;
  readonly publicKey: Uint8Array;
  readonly r: Uint8Array;
  readonly secret: bigint;
  readonly nonce: bigint;
  readonly message: Uint8Array;
  /** What is added to S. */
  readonly excess?: bigint;
};

function record({ what, publicKey, r, secret, nonce, message, excess = 0n }: Parts): object {
  const k = challenge(r, publicKey, message);
  const s = ((nonce + k * secret) % L) + excess;
  const signature = concatBytes(r, toLittleEndian(s));
  return {
    what,
    public_key: toHex(publicKey),
    message: toHex(message),
    signature: toHex(signature),
    cofactored: ed25519.verify(signature, message, publicKey, { zip215: true }),
    libsodium: verifyWithLibsodium(signature, message, publicKey),
  };
}

/**
 * Every pair of small-order parts in A and R, once where they cancel (if they can) and once where
 * not.
 */
function mixedCases(): object[] {
  const cases: object[] = [];
  for (const [a, partOfA] of TORSION.entries()) {
    for (const [b, partOfR] of TORSION.entries()) {
      const publicKey = Point.BASE.multiply(SECRET).add(partOfA).toBytes();
      const r = Point.BASE.multiply(NONCE).add(partOfR).toBytes();
      for (const cancels of [true, false]) {
        const message = searchMessage((candidate) => {
          const k = challenge(r, publicKey, candidate);
          return (
            partOfA
              .multiplyUnsafe(k % 8n)
              .add(partOfR)
              .is0() === cancels
          );
        });
        if (message === undefined) continue;
        const relation = cancels ? 'cancelling' : 'not cancelling';
        const what = `A + ${a}T, R + ${b}T, ${relation}`;
        cases.push(record({ what, publicKey, r, secret: SECRET, nonce: NONCE, message }));
      }
    }
  }
  return cases;
}

/** Keys and Rs that are nothing but a small-order point, in each of its encodings. */
function smallOrderCases(): object[] {
  const honestKey = Point.BASE.multiply(SECRET).toBytes();
  const honestR = Point.BASE.multiply(NONCE).toBytes();
  const message = new TextEncoder().encode('small order');
  return smallOrderEncodings().flatMap(({ name, bytes, point }) => {
    const searched = searchMessage((candidate) =>
      point.multiplyUnsafe(challenge(honestR, bytes, candidate) % 8n).is0(),
    );
    return [
      record({
        what: `A is ${name}, the equation holds`,
        publicKey: bytes,
        r: honestR,
        secret: 0n,
        nonce: NONCE,
        message: searched ?? message,
      }),
      record({
        what: `R is ${name}`,
        publicKey: honestKey,
        r: bytes,
        secret: SECRET,
        nonce: 0n,
        message,
      }),
      record({
        what: `A and R are ${name}`,
        publicKey: bytes,
        r: bytes,
        secret: 0n,
        nonce: 0n,
        message,
      }),
    ];
  });
}

function formCases(): object[] {
  const publicKey = Point.BASE.multiply(SECRET).toBytes();
  const r = Point.BASE.multiply(NONCE).toBytes();
  const message = new TextEncoder().encode('form');
  const honest = { publicKey, r, secret: SECRET, nonce: NONCE, message };
  const cases = [record({ what: 'honest', ...honest })];
  for (let times = 1n; times <= 14n; times++) {
    cases.push(record({ what: `S + ${times}L`, ...honest, excess: times * L }));
  }
  for (const y of [2n, 3n, 4n, 5n, 6n, 9n, 14n, 15n, 16n, 18n]) {
    for (const sign of [0n, 1n]) {
      const bytes = toLittleEndian(P + y + (sign << 255n));
      const name = `p + ${y}, sign ${sign}`;
      cases.push(record({ what: `A has y = ${name}`, ...honest, publicKey: bytes }));
      cases.push(record({ what: `R has y = ${name}`, ...honest, r: bytes }));
    }
  }
  return cases;
}

type Encoding = { readonly name: string; readonly bytes: Uint8Array; readonly point: CurvePoint };

/** The canonical ones, those with y + p, and those with a sign although x is 0. */
function smallOrderEncodings(): Encoding[] {
  const encodings = new Map<string, Encoding>();
  for (const [index, point] of TORSION.entries()) {
    const { x, y } = point.toAffine();
    const signs = x === 0n ? [0n, 1n] : [x & 1n];
    for (const written of [y, y + P].filter((value) => value < 2n ** 255n)) {
      for (const sign of signs) {
        const bytes = toLittleEndian(written + (sign << 255n));
        const name = `${index}T written ${toHex(bytes)}`;
        encodings.set(toHex(bytes), { name, bytes, point });
      }
    }
  }
  return [...encodings.values()];
}

function searchMessage(isRight: (message: Uint8Array) => boolean): Uint8Array | undefined {
  for (let number = 0; number < 200; number++) {
    const message = new TextEncoder().encode(`mixed order ${number}`);
    if (isRight(message)) return message;
  }
  return undefined;
}

function challenge(r: Uint8Array, publicKey: Uint8Array, message: Uint8Array): bigint {
  return littleEndian(sha512(concatBytes(r, publicKey, message))) % L;
}

function verifyWithLibsodium(signature: Uint8Array, message: Uint8Array, key: Uint8Array): boolean {
  const sodium = createRequire(import.meta.url)('sodium-native') as {
    crypto_sign_verify_detached(s: Uint8Array, m: Uint8Array, k: Uint8Array): boolean;
  };
  return sodium.crypto_sign_verify_detached(signature, message, key);
}

function littleEndian(bytes: Uint8Array): bigint {
  return BigInt(`0x${toHex(bytes.slice().reverse())}`);
}

function toLittleEndian(number: bigint): Uint8Array {
  return fromHex(number.toString(16).padStart(64, '0')).reverse();
}

const cases = [...formCases(), ...smallOrderCases(), ...mixedCases()].map((entry, index) => ({
  id: `ed25519-mixed-order-${String(index).padStart(3, '0')}`,
  ...entry,
}));
const file = new URL('ed25519-mixed-order.json', import.meta.url);
const oracle = 'crypto_sign_verify_detached of sodium-native 5.1.0';
const text = `${JSON.stringify({ oracle, cases }, null, 2)}\n`;
writeFileSync(file, text);
console.log(`${cases.length} cases`);

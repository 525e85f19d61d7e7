/** One schema with every form that the model has. */
export const EVERY_FORM = `/// C.
community C version 3 = sha1("C") {
  reserved 200..210 for D
  reserved 220

  /// A.
  signed timed message A = 1 {
    /// A range.
    a: u16 1..9
    b: bool
    c: f32
    d: bytes[20]
    e: string<u8, 1..9 send ..7>
    f: list<inline S, u8, ..3>
    g: array<i64, ..4>
    h: bits { x, y: E[2], z[4], _ }
    i: E
    j: F
    k: U
    l: ip
    m: text
    identifier: u16
    const n: u64 = 18446744073709551615
    const o: bool = true
    const p: bytes[2] = hex"00ff"
    q: rest
  }

  /// B.
  unsigned message B = 2 via cell, data {
    circuit_id: u32
    identifier: u16
  }

  /// An answer.
  signed message R = 3 { identifier: u16 }

  /// Asks.
  request ask(A): R by identifier timeout 2s retry 1
}

/// D.
community D extends C {
}

/// E.
enum E: u8 {
  one = 1
}

/// F.
flags F: u16 {
  two = 2
}

/// S.
struct S { s: i64 }

/// U.
union U: u8 {
  7: S
}

/// T.
codec text: bytes<u16, ..9> via { ts: "./text.ts#text" }

vector "one" S { s: -9223372036854775808 } = hex"8000000000000000"
malformed "short" S hex"80"
`;

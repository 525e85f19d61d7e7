/** Each style in which payloads are written, and what it becomes. */
import { expect, test } from 'vitest';
import { imported, schemaOf } from './imported.ts';

const LAZY = 'from ipv8.messaging.lazy_payload import VariablePayload, vp_compile\n';
const DATA =
  'from dataclasses import dataclass\n' +
  'from ipv8.messaging.payload_dataclass import DataClassPayload, type_from_format\n';
const PLAIN = 'from ipv8.messaging.payload import Payload\n';

test('format_list and names', async () => {
  const text = await schemaOf(`${LAZY}
@vp_compile
class TrackPayload(VariablePayload):
    format_list = ["?", "B", "H", "I", "l", "q", "Q", "f", "d", "c", "20s", "varlenH", "varlenHutf8",
                   "varlenIutf8", "varlenI", "varlenBx2", "varlenHx20", "varlenH-list", "ipv4",
                   "ip_address", "address", "arrayH-?", "arrayH-q", "arrayH-d", "raw"]
    names = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n", "o", "p", "q", "r", "s",
             "t", "u", "v", "w", "x", "y"]
`);
  expect(text).toBe(`struct Track {
  a: bool
  b: u8
  c: u16
  d: u32
  e: i32
  f: i64
  g: u64
  h: f32
  i: f64
  j: bytes[1]
  k: bytes[20]
  l: bytes<u16>
  m: string<u16>
  n: string<u32>
  o: bytes<u32>
  p: list<bytes[2], u8>
  q: list<bytes[20], u16>
  r: list<bytes<u16>, u8>
  s: ipv4
  t: ip
  u: address
  v: array<bool>
  w: array<i64>
  x: array<f64>
  y: rest
}
`);
});

test('bits, several values under one name, and names of other spellings', async () => {
  const text = await schemaOf(`${LAZY}
class Head(VariablePayload):
    format_list = ["bits", "BBH", "4SH", "bits"]
    names = ["isNew", "b", "c", "d", "e", "f", "g", "_h", "versionParts", "where",
             "b0", "b1", "b2", "b3", "b4", "b5", "b6", "b7"]
`);
  expect(text).toBe(`struct Head {
  flags: bits { is_new, b, c, d, e, f, g, h }
  version_parts_1: u8
  version_parts_2: u8
  version_parts_3: u16
  where_1: bytes[4]
  where_2: u16
  flags_2: bits { b0, b1, b2, b3, b4, b5, b6, b7 }
}
`);
});

test('nested classes, lists of them, and classes inside of classes', async () => {
  const text = await schemaOf(`${LAZY}
class Album(VariablePayload):
    class Song(VariablePayload):
        format_list = ["H"]
        names = ["seconds"]

    format_list = [Song, [Song]]
    names = ["first", "others"]
`);
  expect(text).toContain('first: Song\n  others: list<Song, u8>\n');
});

test('inherited fields, sums of lists, and constants of the module', async () => {
  const text = await schemaOf(`${LAZY}
NUMBER = "H"

class Base(VariablePayload):
    format_list = ["I", NUMBER]
    names = ["a", "b"]

class Same(Base):
    pass

class More(Base):
    format_list = [*Base.format_list, "B"]
    names = Base.names + ["c"]

class Most(More):
    format_list = More.format_list + ["B"] * 2
    names = [*More.names]
    names += ["d", "e"]
`);
  expect(text).toContain('struct Same {\n  a: u32\n  b: u16\n}\n');
  expect(text).toContain('struct More {\n  a: u32\n  b: u16\n  c: u8\n}\n');
  expect(text).toContain('struct Most {\n  a: u32\n  b: u16\n  c: u8\n  d: u8\n  e: u8\n}\n');
});

test('dataclasses: annotations are formats', async () => {
  const text = await schemaOf(`${DATA}
short = type_from_format("H")

@dataclass
class Part(DataClassPayload):
    number: int

@dataclass
class Whole(DataClassPayload):
    a: bool
    b: int
    c: bytes
    d: str = "none"
    e: float = 0.0
    f: short = 3
    g: "type_from_format('varlenBx2')" = b""
    h: Part = None
    i: list[Part] = None
    j: list[int] = None
    k: tuple[bool] = None
    l: "int" = 1

@dataclass
class Longer(Part):
    text: str
`);
  expect(text).toContain(`struct Whole {
  a: bool
  b: i64
  c: bytes<u16>
  d: string<u16>
  e: f64
  f: u16
  g: list<bytes[2], u8>
  h: Part
  i: list<Part, u8>
  j: array<i64>
  k: array<bool>
  l: i64
}
`);
  expect(text).toContain('struct Longer {\n  number: i64\n  text: string<u16>\n}\n');
});

test('a dataclass with its id in brackets, with another base, and as older versions had it', async () => {
  const { codes, origins, text } = await imported(`${DATA}
from ipv8.messaging.payload_dataclass import overwrite_dataclass
from ipv8.community import Community
from ipv8.lazy_community import lazy_wrapper
dataclass_of_old = overwrite_dataclass(dataclass)

@dataclass
class Vote(DataClassPayload[7]):
    up: bool

@dataclass_of_old(msg_id=8)
class Count:
    votes: int

class VoteCommunity(Community):
    community_id = b"01234567890123456789"

    def __init__(self, settings):
        self.add_message_handler(Vote, self.on_vote)
        self.add_message_handler(Count, self.on_count)

    @lazy_wrapper(Vote)
    def on_vote(self, peer, payload): ...

    @lazy_wrapper(Count)
    def on_count(self, peer, payload): ...
`);
  expect(codes).toEqual([]);
  expect(text).toContain('signed message Vote = 7 {\n    up: bool\n  }');
  expect(text).toContain('signed message Count = 8 {\n    votes: i64\n  }');
  expect(origins.map(({ className, name }) => [className, name])).toEqual([
    ['Vote', 'Vote'],
    ['Count', 'Count'],
  ]);
});

test('payloads that pack themselves: names of what is packed, constants, unused bits', async () => {
  const text = await schemaOf(`${PLAIN}
class Greeting(Payload):
    format_list = ["B", "H", "bits", "varlenH", "raw"]

    def __init__(self, number, is_new, name, rest):
        self.number = number % 65536
        self.is_new = is_new
        self.name = name
        self.rest = rest

    def to_pack_list(self):
        """Pack."""
        coded = code(self.is_new)
        out = [("B", 7), ("H", self.number), ("bits", coded[0], coded[1], 0, 0, self.is_new, 0, 0, 0)]
        out.append(("varlenH", self.name))
        return out + [("raw", b"".join(self.rest))]

    @classmethod
    def from_unpack_list(cls, kind, number, code_0, code_1, c, d, e, f, g, h, title, songs):
        return cls(number, e, title, songs)

class Later(Greeting):
    format_list = ["c20s", *Greeting.format_list]

    def to_pack_list(self):
        data = super().to_pack_list()
        data.insert(0, ("c20s", b"Y", self.to))
        return data
`);
  expect(text).toBe(`struct Greeting {
  const kind: u8 = 7
  number: u16
  flags: bits { code_0, code_1, _[2], is_new, _[3] }
  name: bytes<u16>
  songs: rest
}

struct Later {
  const tag: bytes[1] = hex"59"
  to: bytes[20]
  const tag_2: u8 = 7
  number: u16
  flags: bits { bit_0, bit_1, _[2], is_new, _[3] }
  name: bytes<u16>
  rest: rest
}
`);
});

test('what is packed and what is unpacked must agree', async () => {
  const { codes, text } = await imported(`${PLAIN}
class Odd(Payload):
    format_list = ["H"]

    def to_pack_list(self):
        return [("I", self.number)]

    @classmethod
    def from_unpack_list(cls, value):
        return cls(value)
`);
  expect(codes).toEqual(['python/unreadable-packing']);
  expect(text).toContain('value: u16');
});

test('a base that nobody showed is no matter when the class says all itself', async () => {
  const text = await schemaOf(`
from app.base import BasePayload

class SongPayload(BasePayload):
    format_list = ["H"]
    names = ["number"]
`);
  expect(text).toBe('struct Song {\n  number: u16\n}\n');
});

test('docstrings and comments become documentation', async () => {
  const { text } = await imported(`${LAZY}
class Song(VariablePayload):
    """
    A song, as it is played.

      Twice.

    :param x: nothing
    """
    format_list = ["H", "H"]
    names = ["a", "b"]

    a: int  # In seconds.
    b: int  # noqa: E501

# Above it.
# noqa
class Other(VariablePayload):
    format_list = ["H"]
    names = ["a"]
`);
  expect(text).toBe(`/// A song, as it is played.
///
///   Twice.
struct Song {
  /// In seconds.
  a: u16
  b: u16
}

/// As \`Other\` of \`app\`.
struct Other {
  a: u16
}
`);
});

/** Each case shows a schema and its canonical form. `·` is a space at the end of a line. */
import { expect, test } from 'vitest';
import { formatSource } from '../../../compiler/format/format.ts';
import { createSource } from '../../../compiler/source/source.ts';

function formatted(text: string) {
  return formatSource(createSource('a.ipv8', text));
}

type Case = readonly [name: string, input: string, output: string];

const CASES: readonly Case[] = [
  [
    'flags and unions',
    `
flags Ability:u16{relay=1,exit = 2}
union   One :u8{ 0:A,1 :  B }
union Two: u16 {
0   : A
   TAG:B // behind
 /// A doc comment.
 2: C
}
`,
    `
flags Ability: u16 { relay = 1, exit = 2 }

union One: u8 { 0: A, 1: B }

union Two: u16 {
  0: A
  TAG: B // behind
  /// A doc comment.
  2: C
}
`,
  ],
  [
    'spaces',
    `
const  MAX=8
struct A{a :u8,b: list < inline B , u8 , 1 .. MAX send ..7 >}
struct C {
const tag : u8=0x59··
\tkey:bytes [ 20 ]
port :u16 1 .. 65535
short: bytes< u16 ,..9>
const mark : bytes[2] = hex "00ff"
}
enum Kind:u16{one=1,two = 2}
flags  Marks :u8{first=1}
`,
    `
const MAX = 8

struct A { a: u8, b: list<inline B, u8, 1..MAX send ..7> }

struct C {
  const tag: u8 = 0x59
  key: bytes[20]
  port: u16 1..65535
  short: bytes<u16, ..9>
  const mark: bytes[2] = hex"00ff"
}

enum Kind: u16 { one = 1, two = 2 }

flags Marks: u8 { first = 1 }
`,
  ],
  [
    'heads of communities and messages',
    `
import"./other.ipv8"
import   "./another.ipv8"

const ONE = 1
const TWO = 2
community  A version 3=sha1( "a" ){
reserved 1 ..3,7 for B
reserved 9
signed   timed message One=4 via cell , data{circuit_id:u32}
unsigned message Two = 5{}
}
community B extends A{}
abstract community C {
}
`,
    `
import "./other.ipv8"
import "./another.ipv8"

const ONE = 1
const TWO = 2

community A version 3 = sha1("a") {

  reserved 1..3, 7 for B
  reserved 9

  signed timed message One = 4 via cell, data { circuit_id: u32 }

  unsigned message Two = 5 {}
}

community B extends A {}

abstract community C {
}
`,
  ],
  [
    'blank lines',
    `


/// A.
struct A {


  a: u8



  b: u8

}
/// B.
struct B {
}



struct C { c: u8 }


`,
    `
/// A.
struct A {
  a: u8

  b: u8
}

/// B.
struct B {
}

struct C { c: u8 }
`,
  ],
  [
    'one line and several',
    `
struct A { a: u8,
  b: u8 }
struct Short { flags: bits { first, second, _[6] } }
struct Long { a_name_of_some_length: u8, another_name_of_some_length: u8, a_third_name_for_the_end: u8 }
struct Tall {
  flags: bits { first,
    second, _[6] }, last: u8
}
`,
    `
struct A {
  a: u8,
  b: u8
}

struct Short { flags: bits { first, second, _[6] } }

struct Long {
  a_name_of_some_length: u8,
  another_name_of_some_length: u8,
  a_third_name_for_the_end: u8
}

struct Tall {
  flags: bits {
    first,
    second,
    _[6]
  },
  last: u8
}
`,
  ],
  [
    'an entry of several lines is joined when it has room',
    `
community A
  extends B {
  unsigned message One = 1 via cell {
    pairs: list<
      bytes<u16>,
      u8>
    flags:
      bits { _[8] }
  }
  reserved 100000001, 100000002, 100000003, 100000004,
    100000005, 100000006, 100000007, 100000008, 100000009
}
`,
    `
community A extends B {

  unsigned message One = 1 via cell {
    pairs: list<bytes<u16>, u8>
    flags: bits { _[8] }
  }

  reserved 100000001, 100000002, 100000003, 100000004,
      100000005, 100000006, 100000007, 100000008, 100000009
}
`,
  ],
  [
    'comments',
    `
// In front.

    // Alone.

/// Of A.··
struct A {// opened
    // before a
  a: u8   // behind a
      /// Of b.
  // before b
  b: u8,// behind the comma

  //last
}   // behind A
// Between.
struct B {
  //only
}
community C = dynamic { // why
  // first
  signed message One = 1 { // opened
  list: list< // inside an entry
  // again
       bytes<u16>, u8>
       }
  // between
  signed message Two = 2 {} /// trailing
  // last
}
// The end.
////
`,
    `
// In front.

// Alone.

/// Of A.
struct A { // opened
  // before a
  a: u8 // behind a
  /// Of b.
  // before b
  b: u8, // behind the comma

  //last
} // behind A

// Between.
struct B {
  //only
}

community C = dynamic { // why

  // first
  signed message One = 1 { // opened
    list: list< // inside an entry
        // again
        bytes<u16>, u8>
  }

  // between
  signed message Two = 2 {} /// trailing
  // last
}
// The end.
////
`,
  ],
];

const BROKEN: readonly Case[] = [
  [
    'entries',
    `
struct A {
      a   u8
b   :  u8
  c :  list< <
 d:u8
}
`,
    `
struct A {
      a   u8
  b: u8
  c :  list< <
  d: u8
}
`,
  ],
  [
    'declarations beside whole ones',
    `
struct   Whole {a:u8}
request  find( FindRequest ) :Answer··
service  E  : u8 {
    0 :A
}
struct   Other {
b:u8}
}
strukt   ?
`,
    `
struct Whole { a: u8 }
request  find( FindRequest ) :Answer
service  E  : u8 {
    0 :A
}
struct Other {
  b: u8
}
}
strukt   ?
`,
  ],
  [
    'a head, but not its body',
    `
community A=dynamic{
   mesage  One=1 {
a:u8
}
 signed message   Two  = 2{b :u8}
}
`,
    `
community A = dynamic {

   mesage  One=1 {
    a: u8
  }
  signed message Two = 2 { b: u8 }
}
`,
  ],
  [
    'a body that nothing closes',
    `
const   A = 1
struct  B {
 b :u8
struct   C {c:u8}
`,
    `
const A = 1
struct  B {
 b :u8
struct C { c: u8 }
`,
  ],
];

const spelled = (text: string): string => text.slice(1).replaceAll('·', ' ');

test.each(CASES)('%s', (_, input, output) => {
  expect(formatted(spelled(input)).text).toBe(spelled(output));
  expect(formatted(spelled(output)).text).toBe(spelled(output));
});

test.each(BROKEN)('broken: %s', (_, input, output) => {
  const { text, faults } = formatted(spelled(input));
  expect(text).toBe(spelled(output));
  expect(faults).toBeGreaterThan(0);
});

test('line ends become LF, and the last line has one', () => {
  expect(formatted('const A = 1\r\nconst B = 2\rconst C = 3').text).toBe(
    'const A = 1\nconst B = 2\nconst C = 3\n',
  );
});

test('texts without declarations', () => {
  expect(formatted('').text).toBe('');
  expect(formatted(' \r\n\t\n').text).toBe('');
  expect(formatted('\n  // a\n\n\n// b').text).toBe('// a\n\n// b\n');
});

test('a byte order mark stays', () => {
  expect(formatted('\uFEFFconst  A = 1').text).toBe('\uFEFFconst A = 1\n');
});

const LENGTH = 30_000;

test.each([
  ['brackets', '{'.repeat(LENGTH)],
  ['closing brackets', '} '.repeat(LENGTH / 2)],
  ['heads', 'struct A { a: u8 '.repeat(LENGTH / 20)],
  ['comments', ' /// \n\n\n'.repeat(LENGTH / 8)],
  ['one long line', `struct A { ${'a: u8, '.repeat(LENGTH / 7)} }`],
  ['many structs', 'struct A{a:u8}\n'.repeat(LENGTH / 15)],
  ['one long entry', `community A = dynamic {\nreserved 1${',\n1'.repeat(LENGTH / 3)}\n}`],
  ['more than is read', 'const  A = 1\n'.repeat(100_000)],
])('hostile: %s', (_, text) => {
  const result = formatted(text).text;
  expect(result.replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
});

/** The words of the language and what they mean, for hover and completion. */

/** Words that are said in front of names and values; by their place, not reserved. */
export const KEYWORDS: Readonly<Record<string, string>> = {
  import: 'Names another schema whose declarations are used here: `import "./nodes.ipv8"`.',
  const: 'A number with a name; in front of a field, a value that is always the same on the wire.',
  struct: 'Fields in a row, for use in messages.',
  enum: 'Names of numbers. Open: a number without a name survives.',
  flags: 'Names of the bits of one integer. Open: a bit without a name survives.',
  union: 'A tag, and behind it the struct that the tag stands for. Closed.',
  community: 'An overlay: 20 bytes of identity, and the messages its peers send each other.',
  abstract: 'A community without an identity: it is only extended.',
  message: 'One kind of packet: an id of one byte and fields in a row.',
  signed: "With the sender's key and signature: the handler is given a verified peer.",
  unsigned: 'Without a signature: the handler is given an address only.',
  timed: 'With the global time (u64) in front of the fields.',
  extends: 'The community whose messages are spoken too.',
  version: 'The version byte of the prefix; 2 when left out.',
  reserved: 'Ids that no message may have: `reserved 7..10 for Other`.',
  for: 'The community that the reserved ids are kept for.',
  via: 'How a message travels: `socket`, `cell`, `data`.',
  overrides: "Stands in front of an ancestor's message, under its id.",
  request: 'Pairs a question and its answer by a field that both have; an answer has no handler.',
  by: 'The field that carries the correlation id.',
  timeout: 'How long an answer is waited for: `2s` or `500ms`.',
  retry: 'How often it is asked again.',
  codec: "A value that code of the author's makes from what is on the wire.",
  vector: 'Recorded bytes and the value that they stand for: a test in every target.',
  malformed: 'Bytes that must not decode: a test in every target.',
  inline: 'Written without the length that frames it.',
  send: 'A tighter bound for what we send: `..8 send ..7`.',
  hex: 'Bytes in hexadecimal: `hex"00ff"`.',
  sha1: 'An identity: the SHA-1 of a text.',
  master: "An identity: the SHA-1 of a master peer's public key in base64.",
  dynamic: 'An identity that is given when the overlay is started.',
};

/** What may follow `via`. */
export const CARRIERS: Readonly<Record<string, string>> = {
  socket: 'A datagram of its own.',
  cell: 'Inside a cell of a circuit.',
  data: 'As data through a circuit.',
};

export function isKeyword(word: string): boolean {
  return Object.hasOwn(KEYWORDS, word);
}

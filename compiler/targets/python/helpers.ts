/** Python that stands in the modules that need it, so that each of them can be read and copied alone. */

/** A function or class, and what it is made with. */
type Helper = {
  readonly text: string;
  /** Modules, and what is imported from them. */
  readonly uses: Readonly<Record<string, readonly string[]>>;
  readonly needs?: readonly HelperName[];
};

export type HelperName =
  | '_checked_size'
  | '_checked_text'
  | '_checked_number'
  | '_unnamed'
  | '_Inline'
  | '_Tagged'
  | '_Framed'
  | '_UntilEnd'
  | '_Records'
  | '_free_number';

const SERIALIZATION = 'ipv8.messaging.serialization';

/** In the order in which they stand. */
export const HELPERS: Readonly<Record<HelperName, Helper>> = {
  _checked_size: {
    uses: {
      'collections.abc': ['Sized'],
      typing: ['TypeVar'],
      [SERIALIZATION]: ['PackError'],
    },
    text: `_SizedT = TypeVar("_SizedT", bound=Sized)


def _checked_size(name: str, value: _SizedT, low: int, high: int) -> _SizedT:
    """Refuse fewer or more bytes or elements than the schema allows."""
    if not low <= len(value) <= high:
        msg = f"{name} has a size of {len(value)}, which is not in {low}..{high}"
        raise PackError(msg)
    return value
`,
  },
  _checked_text: {
    uses: { [SERIALIZATION]: ['PackError'] },
    text: `def _checked_text(name: str, value: str, low: int, high: int) -> str:
    """Refuse a text with fewer or more bytes than the schema allows."""
    size = len(value.encode())
    if not low <= size <= high:
        msg = f"{name} has a size of {size} bytes, which is not in {low}..{high}"
        raise PackError(msg)
    return value
`,
  },
  _checked_number: {
    uses: { [SERIALIZATION]: ['PackError'] },
    text: `def _checked_number(name: str, value: int, low: int, high: int) -> int:
    """Refuse a number outside of the range that the schema gives."""
    if not low <= value <= high:
        msg = f"{name} is {value}, which is not in {low}..{high}"
        raise PackError(msg)
    return value
`,
  },
  _unnamed: {
    uses: { enum: ['IntEnum'], typing: ['TypeVar'] },
    text: `_EnumT = TypeVar("_EnumT", bound=IntEnum)


def _unnamed(kind: type[_EnumT], value: object) -> _EnumT | None:
    """Make a member without a name, so that the number survives a round trip."""
    if not isinstance(value, int):
        return None
    member = int.__new__(kind, value)
    member._name_ = f"UNNAMED_{value}"
    member._value_ = value
    return member
`,
  },
  _Inline: {
    uses: { typing: ['Any'], [SERIALIZATION]: ['Packer', 'Serializable', 'Serializer'] },
    text: `class _Inline(Packer[Serializable, Any]):
    """A payload without a length in front."""

    def __init__(self, serializer: Serializer, kind: type[Serializable]) -> None:
        """Pack with the formats of that serializer."""
        self.serializer = serializer
        self.kind = kind

    def pack(self, data: Serializable) -> bytes:
        """Pack the payload's fields."""
        return bytes(self.serializer.pack_serializable(data))

    def unpack(
        self, data: bytes, offset: int, unpack_list: list[Any], *_: object
    ) -> int:
        """Unpack the payload's fields."""
        value, end = self.serializer.unpack_serializable(self.kind, data, offset)
        unpack_list.append(value)
        return int(end)
`,
  },
  _Tagged: {
    uses: {
      struct: ['Struct'],
      typing: ['Any'],
      [SERIALIZATION]: ['PackError', 'Packer', 'Serializable', 'Serializer'],
    },
    text: `class _Tagged(Packer[Serializable, Any]):
    """A tag, and behind it the payload that it stands for."""

    def __init__(
        self, serializer: Serializer, tag: str, kinds: dict[int, type[Serializable]]
    ) -> None:
        """Pack with the formats of that serializer."""
        self.serializer = serializer
        self.tag = Struct(tag)
        self.kinds = kinds

    def pack(self, data: Serializable) -> bytes:
        """Pack the tag of the payload's class, and the payload."""
        for tag, kind in self.kinds.items():
            if isinstance(data, kind):
                packed = bytes(self.serializer.pack_serializable(data))
                return self.tag.pack(tag) + packed
        msg = f"{type(data).__name__} is none of {list(self.kinds.values())}"
        raise PackError(msg)

    def unpack(
        self, data: bytes, offset: int, unpack_list: list[Any], *_: object
    ) -> int:
        """Unpack a tag, and the payload that it stands for."""
        (tag,) = self.tag.unpack_from(data, offset)
        if tag not in self.kinds:
            msg = f"{tag} is the tag of none of {list(self.kinds.values())}"
            raise PackError(msg)
        value, end = self.serializer.unpack_serializable(
            self.kinds[tag], data, offset + self.tag.size
        )
        unpack_list.append(value)
        return int(end)
`,
  },
  _Framed: {
    uses: {
      struct: ['pack', 'unpack_from'],
      typing: ['Any'],
      [SERIALIZATION]: ['Packer'],
    },
    text: `class _Framed(Packer[Any, Any]):
    """Something with its length in front, as a nested payload has it."""

    def __init__(self, packer: Packer[Any, Any]) -> None:
        """Put a length in front of what that packer packs."""
        self.packer = packer

    def pack(self, data: object) -> bytes:
        """Pack the length and the value."""
        packed = bytes(self.packer.pack(data))
        return pack(">H", len(packed)) + packed

    def unpack(
        self, data: bytes, offset: int, unpack_list: list[Any], *_: object
    ) -> int:
        """Unpack a length and the value."""
        start = offset + 2
        end = start + int(unpack_from(">H", data, offset)[0])
        self.packer.unpack(data[start:end], 0, unpack_list)
        return end
`,
  },
  _UntilEnd: {
    uses: { typing: ['Any'], [SERIALIZATION]: ['Packer'] },
    text: `class _UntilEnd(Packer[Any, Any]):
    """A list that runs to the end of the packet, or of its frame."""

    def __init__(self, packer: Packer[Any, Any]) -> None:
        """Pack each element with that packer."""
        self.packer = packer

    def pack(self, data: list[Any]) -> bytes:
        """Pack the elements one behind the other."""
        return b"".join(self.packer.pack(item) for item in data)

    def unpack(
        self, data: bytes, offset: int, unpack_list: list[Any], *_: object
    ) -> int:
        """Unpack elements until nothing is left."""
        items: list[Any] = []
        while offset < len(data):
            offset = self.packer.unpack(data, offset, items)
        unpack_list.append(items)
        return len(data)
`,
  },
  _Records: {
    uses: {
      struct: ['calcsize', 'pack', 'unpack_from'],
      typing: ['Any'],
      [SERIALIZATION]: ['Packer', 'PackError'],
    },
    text: `class _Records(Packer["list[bytes]", Any]):
    """Byte strings of one size; without a count they run to the end."""

    def __init__(self, size: int, count: str = "") -> None:
        """Put a count of that format in front."""
        self.size = size
        self.count = count

    def pack(self, data: list[bytes]) -> bytes:
        """Pack the count and the records."""
        for record in data:
            if len(record) != self.size:
                msg = f"a record has {len(record)} bytes, not {self.size}"
                raise PackError(msg)
        count = pack(self.count, len(data)) if self.count else b""
        return count + b"".join(data)

    def unpack(
        self, data: bytes, offset: int, unpack_list: list[Any], *_: object
    ) -> int:
        """Unpack the records; as many as there are, like \`\`varlenHx20\`\`."""
        start = offset + calcsize(self.count)
        end = len(data)
        if self.count:
            end = start + self.size * int(unpack_from(self.count, data, offset)[0])
        blob = data[start:end]
        records = range(0, len(blob), self.size)
        unpack_list.append([blob[at : at + self.size] for at in records])
        return end
`,
  },
  _free_number: {
    uses: { 'ipv8.requestcache': ['RequestCache'], secrets: ['randbelow'] },
    text: `def _free_number(cache: RequestCache, name: str, low: int, high: int) -> int:
    """Draw a number that no question of that name waits under."""
    for _ in range(1000):
        number = low + randbelow(high - low + 1)
        if not cache.has(name, number):
            return number
    msg = f"no number is free for {name}"
    raise RuntimeError(msg)
`,
  },
};

const ORDER = Object.keys(HELPERS) as readonly HelperName[];

/** The text of those helpers, two empty lines between them. */
export function printHelpers(names: ReadonlySet<HelperName>): readonly string[] {
  return ORDER.filter((name) => names.has(name)).map((name) => HELPERS[name].text);
}

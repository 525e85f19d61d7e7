/** Lua: types without fields or elements of their own. */
export const LEAVES = String.raw`-- Types without parts. Each reads as the strict decoder does, and adds what it read to the tree.

local function boolean(r, tree, field, name)
  local at = take(r, name, 1)
  add_leaf(r, tree, field, name, at, 1)
  local value = r.bytes:byte(at + 1)
  if value > 1 then fail(r, "bad-bool", name, at, ("expected 0 or 1, found %d"):format(value)) end
  return value == 1
end

-- An integer, float or enum of so many bytes. Gives its place.
local function number(r, tree, field, name, size)
  local at = take(r, name, size)
  add_leaf(r, tree, field, name, at, size)
  return at
end

local function outside(r, name, at, value, min, max)
  fail(r, "out-of-bounds", name, at, ("%s is outside %s..%s"):format(tostring(value), tostring(min), tostring(max)))
end

local function unsigned_in(r, tree, field, name, size, min, max)
  local at = number(r, tree, field, name, size)
  local value = size == 8 and r.tvb(at, 8):uint64() or unsigned_at(r, at, size)
  if value < min or value > max then outside(r, name, at, value, min, max) end
  return at
end

local function signed_in(r, tree, field, name, size, min, max)
  local at = number(r, tree, field, name, size)
  local value = size == 8 and r.tvb(at, 8):int64() or signed_at(r, at, size)
  if value < min or value > max then outside(r, name, at, value, min, max) end
  return at
end

-- What pairs a request with its response.
local function keep_unsigned(r, name, at, size)
  r.by[name] = size == 8 and tostring(r.tvb(at, 8):uint64()) or ("%d"):format(unsigned_at(r, at, size))
end

local function keep_signed(r, name, at, size)
  r.by[name] = size == 8 and tostring(r.tvb(at, 8):int64()) or ("%d"):format(signed_at(r, at, size))
end

local function fixed_bytes(r, tree, field, name, size)
  add_leaf(r, tree, field, name, take(r, name, size), size)
end

local function rest(r, tree, field, name)
  local size = r.stop - r.at
  return add_leaf(r, tree, field, name, take(r, name, size), size)
end

-- A length of so many bytes. Gives the place and size of what follows it.
local function counted(r, name, prefix, min, max)
  local size = take_unsigned(r, name, prefix)
  local at = r.at
  if size > r.stop - at then too_short(r, name, size) end
  check_bound(r, name, size, at, min, max)
  take(r, name, size)
  return at, size
end

-- Only what is behind the length is the item's: Wireshark finds its value there.
local function bytes(r, tree, field, name, prefix, min, max)
  local at, size = counted(r, name, prefix, min, max)
  add_leaf(r, tree, field, name, at, size)
end

-- UTF-8 as RFC 3629 has it: shortest forms, no surrogates, nothing above U+10FFFF.
local function is_utf8(text)
  local at, size = 1, #text
  while at <= size do
    local first = text:byte(at)
    local more, low, high = 0, 0x80, 0xbf
    if first >= 0x80 then
      if first < 0xc2 or first > 0xf4 then return false end
      more = first < 0xe0 and 1 or first < 0xf0 and 2 or 3
      if first == 0xe0 then low = 0xa0 elseif first == 0xf0 then low = 0x90 end
      if first == 0xed then high = 0x9f elseif first == 0xf4 then high = 0x8f end
    end
    for index = at + 1, at + more do
      local byte = text:byte(index)
      if byte == nil or byte < low or byte > high then return false end
      low, high = 0x80, 0xbf
    end
    at = at + more + 1
  end
  return true
end

local function text_at(r, name, at, size)
  local text = r.bytes:sub(at + 1, at + size)
  if not is_utf8(text) then fail(r, "bad-text", name, at, "not UTF-8") end
  return text
end

local function text(r, tree, field, name, prefix, min, max)
  local at, size = counted(r, name, prefix, min, max)
  add_leaf(r, tree, field, name, at, size, text_at(r, name, at, size))
end

-- The bits of one integer, each with a field of its own.
local function bit_fields(r, tree, field, name, size, members)
  local at = take(r, name, size)
  local item = add_leaf(r, tree, field, name, at, size)
  for _, member in ipairs(members) do add(r, item, member, at, size) end
end

-- A value that the schema gives: parts are hexadecimal, and are compared one by one. The first
-- bytes that the item leaves out are a length.
local function constant(r, tree, field, name, parts, skip)
  local start = r.at
  for _, part in ipairs(parts) do
    local at = take(r, name, math.floor(#part / 2))
    if hex(r.bytes:sub(at + 1, r.at)) ~= part then
      fail(r, "bad-constant", name, at, "not the constant that the schema gives")
    end
  end
  add_leaf(r, tree, field, name, start + skip, r.at - start - skip)
end

local function constant_boolean(r, tree, field, name, expected)
  if boolean(r, tree, field, name) ~= expected then
    fail(r, "bad-constant", name, r.at - 1, "not the constant that the schema gives")
  end
end`;

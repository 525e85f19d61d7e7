/** Lua: types that hold others. */
export const CONTAINERS = String.raw`-- Types that hold others.

-- Calls read_element for each element, with its name: "[0]", "[1]" and so on.
local function elements(r, items, name, has_more, read_element)
  enter(r, name)
  local index = 0
  while has_more(index) do
    local before = r.at
    read_element(items, ("[%d]"):format(index))
    index = index + 1
    -- A count may say four thousand million: what takes no bytes would be read that often.
    if r.at == before then fail(r, "empty-element", nil, before, "an element takes no bytes") end
  end
  leave(r)
  return index
end

-- A list behind its number of elements.
local function list(r, tree, field, name, prefix, min, max, read_element)
  local start = r.at
  local count = take_unsigned(r, name, prefix)
  check_bound(r, name, count, start, min, max)
  local items = add(r, tree, field, start, prefix, count)
  if items ~= nil then items:append_text(count == 1 and " element" or " elements") end
  elements(r, items, name, function(index) return index < count end, read_element)
  close(r, items, start)
end

-- The same of elements of one size: all of them are there, or none is read.
local function records(r, tree, field, name, prefix, min, max, size, read_element)
  local start = r.at
  local count = take_unsigned(r, name, prefix)
  check_bound(r, name, count, start, min, max)
  if count * size > r.stop - r.at then too_short(r, name, count * size) end
  r.at = start
  list(r, tree, field, name, prefix, min, max, read_element)
end

-- A list that runs to the end of the frame or packet.
local function rest_list(r, tree, field, name, min, max, read_element)
  local start = r.at
  local items = add(r, tree, field, start, 0, 0)
  local count = elements(r, items, name, function() return r.at < r.stop end, read_element)
  close(r, items, start)
  if items ~= nil then items:set_text(("%s: %d elements"):format(name, count)) end
  if min ~= nil and (count < min or count > max) then outside(r, name, r.at, count, min, max) end
end

-- A little-endian count, and elements that take "size" bytes each.
local function array(r, tree, count_field, field, name, size, min, max)
  local start = take(r, name, 2)
  local low, high = r.bytes:byte(start + 1, start + 2)
  local count = high * 256 + low
  check_bound(r, name, count, start, min, max)
  if count * size > r.stop - r.at then too_short(r, name, count * size) end
  local items = add(r, tree, count_field, start, 2, count)
  local at = take(r, name, count * size)
  for index = 0, count - 1 do
    local place = at + index * size
    if items ~= nil and r.items < ITEMS_MAX then
      r.items = r.items + 1
      items:add_le(field, r.tvb(place, size)):prepend_text(("[%d] "):format(index))
    end
    local value = r.bytes:byte(place + 1)
    if size == 1 and value > 1 then
      fail(r, "bad-bool", name, place, ("expected 0 or 1, found %d"):format(value))
    end
  end
  close(r, items, start)
end

-- A struct or union that stands in this one without a length.
local function inline(r, tree, field, name, read)
  local start = r.at
  local item = add_open(r, tree, field, name)
  enter(r, name)
  read(r, item)
  leave(r)
  close(r, item, start)
end

-- A struct or union behind its 16-bit length.
local function framed(r, tree, field, name, read)
  local start = r.at
  local size = take_unsigned(r, name, 2)
  local outer = r.stop
  if size > outer - r.at then too_short(r, name, size) end
  r.stop = r.at + size
  local item = add(r, tree, field, start, 2)
  if item ~= nil and name:sub(1, 1) == "[" then item:prepend_text(name .. " ") end
  add(r, item, common.length, start, 2)
  enter(r, name)
  read(r, item)
  leave(r)
  if r.at < r.stop then
    fail(r, "trailing-bytes", name, r.at, ("%d bytes are left in the frame"):format(r.stop - r.at))
  end
  r.stop = outer
  close(r, item, start)
end

-- A tag, and what stands behind it.
local function variant(r, tree, field, size, variants)
  local at = number(r, tree, field, "tag", size)
  local tag = unsigned_at(r, at, size)
  local read = variants[tag]
  if read == nil then fail(r, "unknown-variant", "tag", at, ("%d is the tag of no variant"):format(tag)) end
  read(r, tree)
end`;

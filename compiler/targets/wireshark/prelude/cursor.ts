/** Lua: where reading stands, and what reading is refused with. */
export const CURSOR = String.raw`-- What is read of a packet. Offsets count from 0, as everywhere in Wireshark.

-- More tree items than a packet that fits in a datagram of today's networks has. What goes beyond is read, but not shown.
local ITEMS_MAX = 10000

local function open_reader(tvb)
  return {
    tvb = tvb,
    bytes = tvb:raw(),
    at = 0,
    -- The end of what may be read: of the packet as it was sent, or of a frame in it.
    stop = tvb:reported_len(),
    -- What the capture holds; less than that when it was made with a limit.
    captured = tvb:len(),
    path = {},
    items = 0,
    -- Numbers that pair requests and responses, as text, by their fields' names.
    by = {},
  }
end

local function path_to(r, name)
  local text = ""
  local function append(part)
    local is_element = part:sub(1, 1) == "["
    text = text .. ((text == "" or is_element) and part or "." .. part)
  end
  for _, part in ipairs(r.path) do append(part) end
  if name ~= nil then append(name) end
  return text
end

-- Ends the reading of a message: caught by attempt alone.
local function fail(r, reason, name, at, detail)
  error({ reason = reason, field = path_to(r, name), offset = at, detail = detail }, 0)
end

-- What is wrong, or nil. Other errors are faults of this file.
local function attempt(read, ...)
  local is_done, problem = pcall(read, ...)
  if is_done then return nil end
  if type(problem) == "table" and problem.reason ~= nil then return problem end
  error(problem, 0)
end

local function enter(r, name) r.path[#r.path + 1] = name end

local function leave(r) r.path[#r.path] = nil end

local function too_short(r, name, size)
  local left = r.stop - r.at
  fail(r, "too-short", name, r.at, ("needs %s bytes, %d are left"):format(tostring(size), left))
end

-- Moves over that many bytes and gives the place of the first one.
local function take(r, name, size)
  local at = r.at
  if size > r.stop - at then too_short(r, name, size) end
  if at + size > r.captured then
    fail(r, "not-captured", name, at, ("the capture holds %d bytes of this packet"):format(r.captured))
  end
  r.at = at + size
  return at
end

-- An unsigned number of at most four bytes.
local function unsigned_at(r, at, size)
  local value = 0
  for index = at + 1, at + size do value = value * 256 + r.bytes:byte(index) end
  return value
end

local function signed_at(r, at, size)
  local value = unsigned_at(r, at, size)
  if r.bytes:byte(at + 1) < 128 then return value end
  return value - ({ 0x100, 0x10000, 0, 0x100000000 })[size]
end

local function take_unsigned(r, name, size) return unsigned_at(r, take(r, name, size), size) end

-- A tree item, or none: without a tree, or past the last item, the same code only reads.
local function add(r, tree, field, at, size, value)
  if tree == nil then return nil end
  r.items = r.items + 1
  if r.items > ITEMS_MAX then return nil end
  if value == nil then return tree:add(field, r.tvb(at, size)) end
  return tree:add(field, r.tvb(at, size), value)
end

-- An item whose end is not known yet.
local function add_open(r, tree, field, name, value)
  local item = add(r, tree, field, r.at, 0, value)
  if item ~= nil and name:sub(1, 1) == "[" then item:prepend_text(name .. " ") end
  return item
end

local function close(r, item, start)
  if item ~= nil then item:set_len(r.at - start) end
end

-- A leaf; an element of a list has its index in front.
local function add_leaf(r, tree, field, name, at, size, value)
  local item = add(r, tree, field, at, size, value)
  if item ~= nil and name:sub(1, 1) == "[" then item:prepend_text(name .. " ") end
  return item
end

-- Lengths and counts that the schema bounds; min is nil where it does not.
local function check_bound(r, name, value, at, min, max)
  if min ~= nil and (value < min or value > max) then
    fail(r, "out-of-bounds", name, at, ("length %d is outside %s..%s"):format(value, min, max))
  end
end`;

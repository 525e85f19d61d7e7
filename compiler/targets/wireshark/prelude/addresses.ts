/** Lua: addresses. */
export const ADDRESSES = String.raw`-- Addresses. Wireshark would put names in the place of numbers, so their text is made here.

local function ipv4_text(r, at) return ("%d.%d.%d.%d"):format(r.bytes:byte(at + 1, at + 4)) end

-- The longest run of zero groups is "::"; mapped and compatible addresses end in a dotted quad.
local function ipv6_text(r, at)
  local groups, best, best_size, size = {}, 0, 1, 0
  for index = 1, 8 do
    groups[index] = unsigned_at(r, at + 2 * index - 2, 2)
    size = groups[index] == 0 and size + 1 or 0
    if size > best_size then best, best_size = index - size + 1, size end
  end
  if best == 1 and best_size == 6 then return "::" .. ipv4_text(r, at + 12) end
  if best == 1 and best_size == 5 and groups[6] == 0xffff then return "::ffff:" .. ipv4_text(r, at + 12) end
  for index = 1, 8 do groups[index] = ("%x"):format(groups[index]) end
  if best == 0 then return table.concat(groups, ":") end
  return table.concat(groups, ":", 1, best - 1) .. "::" .. table.concat(groups, ":", best + best_size)
end

-- Gives the address without its port, and its place, size and field.
local function host(r, name, form)
  if form == "ipv4" then return "ipv4", take(r, name, 6), 4 end
  local tag_at = take(r, name, 1)
  local tag = r.bytes:byte(tag_at + 1)
  if tag == 1 then return "ipv4", take(r, name, 6), 4 end
  if tag == 3 then return "ipv6", take(r, name, 18), 16 end
  if tag ~= 2 or form ~= "address" then
    local what = form == "address" and "address" or "IP address"
    fail(r, "bad-address", name, tag_at, ("no %s has tag %d"):format(what, tag))
  end
  local at, size = counted(r, name, 2)
  text_at(r, name, at, size)
  take(r, name, 2)
  return "domain", at, size
end

local function address(r, tree, field, name, form)
  local start = r.at
  local kind, at, size = host(r, name, form)
  local port = unsigned_at(r, at + size, 2)
  local shown
  if kind == "ipv4" then shown = ipv4_text(r, at)
  elseif kind == "ipv6" then shown = "[" .. ipv6_text(r, at) .. "]"
  else shown = r.bytes:sub(at + 1, at + size) end
  local item = add_leaf(r, tree, field, name, start, r.at - start, ("%s:%d"):format(shown, port))
  if form ~= "ipv4" then add(r, item, common.address_type, start, 1) end
  add(r, item, common[kind], at, size, kind == "domain" and shown or nil)
  add(r, item, common.port, at + size, 2)
end`;

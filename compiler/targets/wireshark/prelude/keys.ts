/** Lua: the sender's key. */
export const KEYS = String.raw`-- Public keys as they travel: how they begin, their size, and the size of signatures. Those that are not of curve25519
-- are a SubjectPublicKeyInfo (RFC 5480) of an uncompressed point. Whether a point lies on its curve is not looked at.
local KEYS = {
  { curve = "curve25519", size = 74, signature = 64, head = "4c69624e61434c504b3a" },
  { curve = "sect163k1", size = 66, signature = 42, head = "3040301006072a8648ce3d020106052b81040001032c0004" },
  { curve = "sect233k1", size = 84, signature = 60, head = "3052301006072a8648ce3d020106052b8104001a033e0004" },
  { curve = "sect409k1", size = 128, signature = 104, head = "307e301006072a8648ce3d020106052b81040024036a0004" },
  { curve = "sect571r1", size = 170, signature = 144, head = "3081a7301006072a8648ce3d020106052b810400270381920004" },
  { curve = "sect571k1", size = 170, signature = 144, head = "3081a7301006072a8648ce3d020106052b810400260381920004" },
}

for _, kind in ipairs(KEYS) do
  kind.head = kind.head:gsub("..", function(digits) return string.char(tonumber(digits, 16)) end)
end

-- The kind of the key at a place of a packet, by its first bytes; nil for what is no key.
local function key_at(data, at)
  for _, kind in ipairs(KEYS) do
    if data:sub(at + 1, at + #kind.head) == kind.head then return kind end
  end
  return nil
end

-- Names of peers by their keys; made once, since a capture has many packets of each.
local mids = {}

local function mid_of(key)
  if mids[key] == nil then mids[key] = sha1(key) end
  return mids[key]
end`;

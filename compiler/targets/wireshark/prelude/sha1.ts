/** Lua: SHA-1, by which peers are named. */
export const SHA1 = String.raw`-- SHA-1 (RFC 3174). Operators on bits are a library up to Lua 5.2, and syntax from 5.3 on, which 5.2 must not see.
local bits = bit or bit32 or load([[return {
  band = function(one, other) return one & other end,
  bor = function(one, other) return one | other end,
  bxor = function(one, other) return one ~ other end,
}]])()

local WORD = 0x100000000

local function xor(one, other) return bits.bxor(one, other) % WORD end

local function rotate(word, count)
  local high = word * 2 ^ count
  return high % WORD + math.floor(high / WORD)
end

-- One block of 64 bytes, from that place on.
local function sha1_block(state, data, start)
  local words = {}
  for index = 0, 15 do
    local one, two, three, four = data:byte(start + 4 * index, start + 4 * index + 3)
    words[index] = ((one * 256 + two) * 256 + three) * 256 + four
  end
  for index = 16, 79 do
    local mixed = xor(xor(words[index - 3], words[index - 8]), xor(words[index - 14], words[index - 16]))
    words[index] = math.floor(rotate(mixed, 1))
  end
  local a, b, c, d, e = state[1], state[2], state[3], state[4], state[5]
  for index = 0, 79 do
    local mixed, added
    if index < 20 then mixed, added = xor(d, bits.band(b, xor(c, d))), 0x5a827999
    elseif index < 40 then mixed, added = xor(b, xor(c, d)), 0x6ed9eba1
    elseif index < 60 then mixed, added = bits.bor(bits.band(b, c), bits.band(d, bits.bor(b, c))) % WORD, 0x8f1bbcdc
    else mixed, added = xor(b, xor(c, d)), 0xca62c1d6 end
    local sum = math.floor((rotate(a, 5) + mixed + e + added + words[index]) % WORD)
    a, b, c, d, e = sum, a, math.floor(rotate(b, 30)), c, d
  end
  for index, word in ipairs({ a, b, c, d, e }) do state[index] = (state[index] + word) % WORD end
end

-- In hexadecimal.
local function sha1(data)
  local state = { 0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0 }
  local padded = data .. "\128" .. ("\0"):rep((55 - #data) % 64)
  local size = #data * 8
  padded = padded .. "\0\0\0\0" .. string.char(0, math.floor(size / 65536) % 256, math.floor(size / 256) % 256, size % 256)
  for start = 1, #padded, 64 do sha1_block(state, padded, start) end
  return ("%08x%08x%08x%08x%08x"):format(state[1], state[2], state[3], state[4], state[5])
end`;

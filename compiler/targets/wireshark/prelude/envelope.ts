/** Lua: what is around the fields of a message. */
export const ENVELOPE = String.raw`-- What is around the fields of a message: prefix, id, key, global time and signature.

local function read_key(r, tree)
  local start = r.at
  local size = take_unsigned(r, "public_key", 2)
  local at = take(r, "public_key", size)
  local kind = key_at(r.bytes, at)
  local item = add(r, tree, common.public_key, at, size)
  if kind == nil or kind.size ~= size then
    local detail = ("%d bytes that are no key: where the signature begins is not known"):format(size)
    fail(r, "unknown-key", "public_key", start, detail)
  end
  if item ~= nil then
    local range = r.tvb(at, size)
    item:add(common.curve, range, kind.curve):set_generated()
    item:add(common.mid, range, mid_of(range:raw())):set_generated()
  end
  return kind
end

local function read_fields(r, tree, message)
  if message.is_timed then
    local at = take(r, "global_time", 8)
    add(r, tree, common.global_time, at, 8)
  end
  local size = math.max(0, math.min(r.stop, r.captured) - r.at)
  local item = add(r, tree, message.field, r.at, size)
  message.read(r, item)
  if r.at < r.stop then
    fail(r, "trailing-bytes", "end", r.at, ("%d bytes are left after the last field"):format(r.stop - r.at))
  end
end

-- All that follows the id.
local function read_message(r, tree, message)
  if not message.is_signed then return read_fields(r, tree, message) end
  local kind = read_key(r, tree)
  if kind.signature > r.stop - r.at then too_short(r, "signature", kind.signature) end
  r.stop = r.stop - kind.signature
  local at = r.stop
  local problem = attempt(read_fields, r, tree, message)
  if at + kind.signature <= r.captured then
    -- Past the most items as well: it says where the message ends.
    if tree ~= nil then
      tree:add(common.signature, r.tvb(at, kind.signature)):append_text(" (not verified)")
      tree:add(common.signed, r.tvb(0, at), at):set_generated():append_text(" bytes, from the first one on")
    end
  end
  if problem ~= nil then error(problem, 0) end
end

-- A message that stands in front of another one of its id lets packets go on to it when a constant differs.
local function goes_on(message, problem)
  if problem == nil or problem.reason == "unknown-key" then return false end
  return not message.is_override or problem.reason == "bad-constant"
end

-- Of messages with one id, the one that this packet holds. Found without a tree: what is in one, stays there.
local function choose(r, candidates)
  for index = 1, #candidates - 1 do
    local trial = open_reader(r.tvb)
    trial.at, trial.prefix, trial.messages = r.at, r.prefix, r.messages
    if not goes_on(candidates[index], attempt(read_message, trial, nil, candidates[index])) then
      return candidates[index]
    end
  end
  return candidates[#candidates]
end

-- What a cell carries: the id of a message and its fields without the circuit's id, or all that encrypted.
local function cell_content(r, tree, field, name, is_plaintext)
  local at = r.at
  local item = rest(r, tree, field, name)
  if not is_plaintext then
    if item ~= nil then item:append_text(" (encrypted)") end
    return
  end
  local id = r.bytes:byte(at + 1)
  local message = id ~= nil and at < r.stop and (r.messages[id] or {})[1] or nil
  if message == nil or not message.is_in_cells then return end
  local id_item = add(r, item, common.cell_message, at, 1)
  if id_item ~= nil then id_item:append_text((" (%s)"):format(message.name)) end
  r.at = at + 1
  local depth = #r.path
  local problem = attempt(message.read, r, add(r, item, message.field, r.at, r.stop - r.at), true)
  for index = #r.path, depth + 1, -1 do r.path[index] = nil end
  r.at = r.stop
  if problem == nil then
    r.carried = message
  elseif item ~= nil then
    item:add_proto_expert_info(experts.malformed, ("%s: %s"):format(problem.field, problem.detail))
  end
end`;

/** Lua: a packet as a whole, and how Wireshark comes here. */
export const ENTRY = String.raw`-- A packet as a whole.

-- Overlays whose id the settings give, by prefix.
local given = {}

local function read_settings()
  given = {}
  for name, id in ipv8.prefs.communities:gmatch("([%w_]+)%s*=%s*(%x+)") do
    local overlay = dynamic[name]
    if overlay ~= nil and #id == 40 then given[overlay.version .. id:lower()] = overlay end
  end
end

local function overlay_of(prefix) return overlays[prefix] or given[prefix] end

local function add_generated(tree, field, range, value)
  tree:add(field, range, value):set_generated()
end

local function unknown(r, tree, what)
  tree:add_proto_expert_info(experts.unknown, what)
  r.title = what
end

-- Reads what there is, as far as it goes.
local function read_packet(r, tree)
  add(r, tree, common.version, take(r, "version", 2), 2)
  local at = take(r, "community", 20)
  r.prefix = hex(r.bytes:sub(1, 22))
  local overlay = overlay_of(r.prefix)
  local item = add(r, tree, common.community, at, 20)
  if overlay ~= nil then item:append_text((" (%s)"):format(overlay.name)) end
  at = take(r, "message", 1)
  local id = r.bytes:byte(at + 1)
  r.messages = overlay ~= nil and overlay.messages or base_messages
  local candidates = r.messages[id]
  item = add(r, tree, common.message, at, 1)
  r.title = ("%s message %d"):format(overlay ~= nil and overlay.name or "unknown community", id)
  if candidates == nil then
    local whose = overlay ~= nil and overlay.name .. " has" or "no schema has this community"
    unknown(r, tree, overlay ~= nil and ("%s no message %d"):format(whose, id) or whose)
    r.title = ("%s message %d"):format(overlay ~= nil and overlay.name or "unknown community", id)
    rest(r, tree, common.payload, "payload")
    return
  end
  local message = choose(r, candidates)
  local community = message.community or (overlay ~= nil and overlay.name) or "unknown community"
  if overlay == nil then unknown(r, tree, "no schema has this community") end
  item:append_text((" (%s)"):format(message.name))
  if overlay ~= nil then add_generated(tree, common.community_name, r.tvb(2, 20), community) end
  add_generated(tree, common.message_name, r.tvb(at, 1), message.name)
  r.title = ("%s %s id=%d"):format(community, message.words, id)
  tree:set_text(("IPv8, %s.%s"):format(community, message.name))
  read_message(r, tree, message)
  r.message = r.carried or message
end

local function add_problem(r, tree, problem)
  local what = ("%s at byte %d: %s"):format(problem.field, problem.offset, problem.detail)
  local at = math.min(problem.offset, r.captured)
  local range = r.tvb(at, math.max(0, math.min(r.stop, r.captured) - at))
  local item = tree:add(common.problem, range, what)
  item:set_generated()
  add_generated(item, common.problem_reason, range, problem.reason)
  add_generated(item, common.problem_field, range, problem.field)
  add_generated(item, common.problem_offset, range, problem.offset)
  local is_cut = problem.reason == "not-captured"
  item:add_proto_expert_info(is_cut and experts.not_captured or experts.malformed, what)
  return is_cut and "not captured as a whole" or "malformed: " .. problem.field
end

local function info_of(r, note)
  local words = { r.title or "packet" }
  if r.carried ~= nil then words[#words + 1] = "with " .. r.carried.words end
  local names = {}
  for name in pairs(r.by) do names[#names + 1] = name end
  table.sort(names)
  for _, name in ipairs(names) do words[#words + 1] = ("%s=%s"):format(name, r.by[name]) end
  if note ~= nil then words[#words + 1] = ("[%s]"):format(note) end
  return table.concat(words, " ")
end

function ipv8.dissector(tvb, pinfo, tree)
  if tvb:len() < 2 or tvb(0, 1):uint() ~= 0 then return 0 end
  pinfo.cols.protocol = "IPv8"
  local top = tree:add(ipv8, tvb())
  local r = open_reader(tvb)
  local problem = attempt(read_packet, r, top)
  local note = problem ~= nil and add_problem(r, top, problem) or nil
  if r.items > ITEMS_MAX then
    top:add_proto_expert_info(experts.not_shown, ("more than %d items: those behind are read, but not shown"):format(ITEMS_MAX))
  end
  if problem == nil and tvb:reported_len() > r.captured then
    top:add_proto_expert_info(experts.not_captured, ("the capture holds %d bytes of this packet"):format(r.captured))
  end
  if problem == nil and r.message ~= nil then
    if not pinfo.visited then remember(r, pinfo, r.message) end
    add_links(top, pinfo)
  end
  pinfo.cols.info = info_of(r, note)
  return tvb:len()
end

-- Packets of a community that is known, and those with a sender's key, are told from others on any port. All others
-- are for "Decode As".
local function is_ours(tvb)
  if tvb:len() < 23 then return false end
  local head = tvb:raw(0, math.min(tvb:len(), 64))
  if head:byte(1) ~= 0 then return false end
  return overlay_of(hex(head:sub(1, 22))) ~= nil or key_at(head, 25) ~= nil
end

ipv8:register_heuristic("udp", function(tvb, pinfo, tree)
  if not is_ours(tvb) then return false end
  ipv8.dissector(tvb, pinfo, tree)
  -- What these two send each other from now on is looked at first here.
  pinfo.conversation = ipv8
  return true
end)
DissectorTable.get("udp.port"):add_for_decode_as(ipv8)

function ipv8.init()
  read_settings()
  asked, response_of, request_of = {}, {}, {}
  mids = {}
end

function ipv8.prefs_changed() read_settings() end

local experts_list = {}
for _, one in pairs(experts) do experts_list[#experts_list + 1] = one end
ipv8.fields = all_fields
ipv8.experts = experts_list`;

/** Lua: which response answers which request. */
export const LINKS = String.raw`-- Requests and their responses: in one community, between the same two addresses, and with the same number.

-- The last request of each kind; frames of responses by requests, and requests by responses. Made of the first look at
-- each packet, in the order of the capture.
local asked, response_of, request_of = {}, {}, {}

-- The messages that a request pairs, by the field "by", which both have.
local function pair(name, request, response, by)
  local one = { name = name, by = by }
  table.insert(messages[request].asks, one)
  table.insert(messages[response].answers, one)
end

local function remember(r, pinfo, message)
  local from = ("%s:%d"):format(tostring(pinfo.src), pinfo.src_port)
  local to = ("%s:%d"):format(tostring(pinfo.dst), pinfo.dst_port)
  local function key(one, first, second)
    return table.concat({ r.prefix, one.name, r.by[one.by], first, second }, "|")
  end
  for _, one in ipairs(message.answers) do
    local request = asked[key(one, to, from)]
    if request ~= nil then
      request_of[pinfo.number] = request
      if response_of[request.frame] == nil then response_of[request.frame] = pinfo.number end
    end
  end
  for _, one in ipairs(message.asks) do
    asked[key(one, from, to)] = { frame = pinfo.number, time = pinfo.rel_ts }
  end
end

local function add_links(tree, pinfo)
  local response, request = response_of[pinfo.number], request_of[pinfo.number]
  if response ~= nil then tree:add(common.response_in, response):set_generated() end
  if request == nil then return end
  tree:add(common.request_in, request.frame):set_generated()
  local passed = pinfo.rel_ts - request.time
  local seconds = math.floor(passed)
  local time = NSTime.new(seconds, math.floor((passed - seconds) * 1000000000 + 0.5))
  tree:add(common.response_time, time):set_generated()
end`;

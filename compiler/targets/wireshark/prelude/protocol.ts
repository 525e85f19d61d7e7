/** Lua: the protocol with its settings, and the fields that packets of all communities have. */
export const PROTOCOL = String.raw`local ipv8 = Proto("ipv8", "IPv8")

-- Every field that is declared below; Wireshark wants to know them all at once.
local all_fields = {}

local function declare(fields)
  for _, field in pairs(fields) do all_fields[#all_fields + 1] = field end
  return fields
end

local common = declare({
  version = ProtoField.uint16("ipv8.version", "Version"),
  community = ProtoField.bytes("ipv8.community", "Community"),
  community_name = ProtoField.string("ipv8.community.name", "Community name"),
  message = ProtoField.uint8("ipv8.message", "Message"),
  message_name = ProtoField.string("ipv8.message.name", "Message name"),
  public_key = ProtoField.bytes("ipv8.public_key", "Public key of the sender"),
  curve = ProtoField.string("ipv8.public_key.curve", "Curve"),
  mid = ProtoField.string("ipv8.mid", "Peer"),
  global_time = ProtoField.uint64("ipv8.global_time", "Global time"),
  signature = ProtoField.bytes("ipv8.signature", "Signature"),
  signed = ProtoField.uint32("ipv8.signed", "Signed"),
  payload = ProtoField.bytes("ipv8.payload", "Bytes that no schema explains"),
  cell_message = ProtoField.uint8("ipv8.cell.message", "Message in the cell"),
  length = ProtoField.uint16("ipv8.length", "Length"),
  address_type = ProtoField.uint8("ipv8.address.type", "Type", base.DEC, { [1] = "IPv4", [2] = "name", [3] = "IPv6" }),
  ipv4 = ProtoField.ipv4("ipv8.address.ipv4", "IPv4 address"),
  ipv6 = ProtoField.ipv6("ipv8.address.ipv6", "IPv6 address"),
  domain = ProtoField.string("ipv8.address.name", "Name"),
  port = ProtoField.uint16("ipv8.address.port", "Port"),
  request_in = ProtoField.framenum("ipv8.request_in", "Request in", base.NONE, frametype.REQUEST),
  response_in = ProtoField.framenum("ipv8.response_in", "Response in", base.NONE, frametype.RESPONSE),
  response_time = ProtoField.relative_time("ipv8.response_time", "Time since the request"),
  problem = ProtoField.string("ipv8.problem", "Problem"),
  problem_reason = ProtoField.string("ipv8.problem.reason", "Reason"),
  problem_field = ProtoField.string("ipv8.problem.field", "Field"),
  problem_offset = ProtoField.uint32("ipv8.problem.offset", "Offset"),
})

local experts = {
  malformed = ProtoExpert.new("ipv8.malformed", "No peer accepts this packet", expert.group.MALFORMED, expert.severity.ERROR),
  unknown = ProtoExpert.new("ipv8.unknown", "No schema explains this", expert.group.UNDECODED, expert.severity.NOTE),
  not_captured = ProtoExpert.new("ipv8.not_captured", "The capture lacks the rest", expert.group.UNDECODED, expert.severity.NOTE),
  not_shown = ProtoExpert.new("ipv8.not_shown", "Some items are not shown", expert.group.UNDECODED, expert.severity.NOTE),
}

ipv8.prefs.communities = Pref.string("Communities with an id of their own", "",
  "For communities whose id is made when they are started: NAME=ID, separated by commas; ID has 40 hexadecimal digits")

-- What the schemas declare: readers of structs and messages, names of values, and overlays by their prefix in hexadecimal.
local structs, messages, values, overlays = {}, {}, {}, {}
-- Of every overlay, by id; and overlays that get their id from the settings, by name.
local base_messages, dynamic = {}, {}

local function hex(text) return (text:gsub(".", function(char) return ("%02x"):format(char:byte()) end)) end`;

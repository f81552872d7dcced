-- KEYS: bytes of audio of a UTC day, by node. ARGV: node, its bytes on that day so far. Returns the bytes of all nodes.
if tonumber(ARGV[2]) > 0 then
  redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
end
redis.call('EXPIRE', KEYS[1], 172800)
local total = 0
for _, bytes in ipairs(redis.call('HVALS', KEYS[1])) do
  total = total + bytes
end
return {total}

-- KEYS: nodes by expiry. ARGV: node, time to live in ms (0: the node goes). Returns how many nodes there are.
local moment = now()
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', moment)
if tonumber(ARGV[2]) > 0 then
  redis.call('ZADD', KEYS[1], moment + ARGV[2], ARGV[1])
else
  redis.call('ZREM', KEYS[1], ARGV[1])
end
redis.call('PEXPIRE', KEYS[1], 60000)
return {redis.call('ZCARD', KEYS[1])}

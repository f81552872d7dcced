-- As claim, for a recording whose owner has been silent for longer than a client may be away: one node gets it.
-- KEYS: as claim. ARGV: recording, node, lease in ms, time to live in ms, silence in ms. Returns as claim.
local score = tonumber(redis.call('ZSCORE', KEYS[3], ARGV[1]) or 0)
if score == 0 or score > now() - ARGV[5] then
  return {0}
end
if redis.call('EXISTS', KEYS[1]) == 0 or redis.call('HEXISTS', KEYS[1], 'ended') == 1 then
  redis.call('ZREM', KEYS[3], ARGV[1])
  return {0}
end
local epoch = redis.call('HINCRBY', KEYS[1], 'epoch', 1)
redis.call('HSET', KEYS[1], 'node', ARGV[2])
redis.call('PEXPIRE', KEYS[1], ARGV[4])
redis.call('PEXPIRE', KEYS[2], ARGV[4])
redis.call('ZADD', KEYS[3], now() + ARGV[3], ARGV[1])
return {1, epoch, redis.call('LRANGE', KEYS[2], 0, -1)}

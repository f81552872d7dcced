-- Writes lines of a recording's journal, unless somebody else owns the recording by now.
-- KEYS: facts of the recording; its journal; recordings by the expiry of their owner's lease.
-- ARGV: recording, epoch, node, number of the first line, lease in ms, time to live in ms, lines.
-- Returns {1, lines}: written, and so many lines are there; {0, lines}: lines are missing before these; {-1, epoch}:
-- the recording has a newer owner.
local epoch = tonumber(redis.call('HGET', KEYS[1], 'epoch') or 0)
local mine = tonumber(ARGV[2])
if epoch > mine or redis.call('HEXISTS', KEYS[1], 'ended') == 1 then
  return {-1, epoch}
end
local length = redis.call('LLEN', KEYS[2])
local first = tonumber(ARGV[4])
if first > length then
  return {0, length}
end
for i = 7 + length - first, #ARGV do
  redis.call('RPUSH', KEYS[2], ARGV[i])
end
redis.call('HSET', KEYS[1], 'epoch', mine, 'node', ARGV[3])
redis.call('PEXPIRE', KEYS[1], ARGV[6])
redis.call('PEXPIRE', KEYS[2], ARGV[6])
redis.call('ZADD', KEYS[3], now() + ARGV[5], ARGV[1])
redis.call('PEXPIRE', KEYS[3], ARGV[6])
return {1, redis.call('LLEN', KEYS[2])}

-- A recording is over: it can be looked at for a while, and taken over no more.
-- KEYS: facts; journal; recordings by lease. ARGV: recording, epoch, how it ended, time to live in ms.
-- Returns 1, or -1 if the recording has a newer owner.
local epoch = tonumber(redis.call('HGET', KEYS[1], 'epoch') or 0)
if epoch > tonumber(ARGV[2]) then
  return {-1}
end
redis.call('HSET', KEYS[1], 'epoch', ARGV[2], 'ended', ARGV[3])
redis.call('PEXPIRE', KEYS[1], ARGV[4])
redis.call('PEXPIRE', KEYS[2], ARGV[4])
redis.call('ZREM', KEYS[3], ARGV[1])
return {1}

-- KEYS: link; links that show its recording. ARGV: token, its hash, 1 for a room, recording, state, age of that in ms, key
-- of the stored transcript or '', time to live in ms, channel. Returns 1, or 0 if the link shows another recording by now.
local before = redis.call('HMGET', KEYS[1], 'recording', 'state')
local same = before[1] == ARGV[4]
if ARGV[5] ~= 'OPEN' and before[2] == 'OPEN' and not same then
  return {0}
end
redis.call('HSET', KEYS[1], 'token', ARGV[1], 'room', ARGV[3], 'recording', ARGV[4], 'state', ARGV[5],
    'key', ARGV[7], 'since', string.format('%.0f', now() - ARGV[6]))
redis.call('PEXPIRE', KEYS[1], ARGV[8])
if ARGV[5] == 'OPEN' then
  redis.call('SADD', KEYS[2], ARGV[2])
  redis.call('PEXPIRE', KEYS[2], ARGV[8])
end
if not same or before[2] ~= ARGV[5] then
  redis.call('PUBLISH', ARGV[9], ARGV[1])
end
return {1}

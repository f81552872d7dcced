-- Tells the nodes whose readers follow a recording what is new, unless somebody else owns the recording by now.
-- KEYS: facts; translations. ARGV: epoch, channel, message, time to live in ms, what is kept for later readers: 'state' with
-- the state, 'translation' with its segment and language, and its text, or ''. Returns 1, or 0 if it was refused.
local epoch = redis.call('HGET', KEYS[1], 'epoch')
if not epoch or tonumber(epoch) > tonumber(ARGV[1]) then
  return {0}
end
if ARGV[5] == 'state' then
  redis.call('HSET', KEYS[1], 'state', ARGV[6])
elseif ARGV[5] == 'translation' then
  redis.call('HSET', KEYS[2], ARGV[6], ARGV[7])
  redis.call('PEXPIRE', KEYS[2], ARGV[4])
end
redis.call('PUBLISH', ARGV[2], ARGV[3])
return {1}

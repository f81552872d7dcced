-- KEYS: recordings of a caller by expiry; when its next start is due. ARGV: lease, most recordings, starts a minute,
-- time to live in ms. Returns {0}: it may; {1, count}: it has too many; {2, ms}: it started too many, wait so long.
local moment = now()
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', moment)
local count = redis.call('ZCARD', KEYS[1])
if count >= tonumber(ARGV[2]) then
  return {1, count}
end
local each = 60000 / tonumber(ARGV[3])
local due = math.max(moment, tonumber(redis.call('GET', KEYS[2]) or 0))
local wait = due + each - moment - 60000
if wait > 0 then
  return {2, math.ceil(wait)}
end
redis.call('SET', KEYS[2], math.floor(due + each), 'PX', 120000)
redis.call('ZADD', KEYS[1], moment + ARGV[4], ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[4] * 2)
return {0}

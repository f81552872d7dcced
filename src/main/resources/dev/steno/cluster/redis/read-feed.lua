-- What a recording's readers may see. KEYS: facts; journal; translations. ARGV: number of the first line, most lines, how
-- many translations are known. Returns {whether the store knows it, state or '', whether it has ended, first line that
-- follows, lines there are, lines, translations in turn with their segment and language, or none if they are known}.
local facts = redis.call('HMGET', KEYS[1], 'epoch', 'state', 'ended')
local length = redis.call('LLEN', KEYS[2])
local first = tonumber(ARGV[1])
if first > length then
  first = 0
end
local lines = redis.call('LRANGE', KEYS[2], first, first + ARGV[2] - 1)
local translations = {}
if redis.call('HLEN', KEYS[3]) ~= tonumber(ARGV[3]) then
  translations = redis.call('HGETALL', KEYS[3])
end
return {facts[1] and 1 or 0, facts[2] or '', facts[3] and 1 or 0, first, length, lines, translations}

-- KEYS: the bytes of audio of a UTC day. ARGV: bytes to add. Returns all bytes of that day.
local total = redis.call('INCRBY', KEYS[1], ARGV[1])
redis.call('EXPIRE', KEYS[1], 172800)
return {total}

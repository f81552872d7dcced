-- Makes a node the owner of a recording. Whatever an older owner writes from now on is refused.
-- KEYS: facts; journal; recordings by lease; and where a client asks for it, the token that it did so with.
-- ARGV: recording, node, lease in ms, time to live in ms; what that token opened when it was looked up: a node that
-- stood still since then, while the client went elsewhere and was given another token, must not claim.
-- Returns {0}: there is no such recording; {1, epoch, {lines}}; {2, how it ended, {lines}}: it is over.
if redis.call('EXISTS', KEYS[1]) == 0 or (KEYS[4] and redis.call('GET', KEYS[4]) ~= ARGV[5]) then
  return {0}
end
local lines = redis.call('LRANGE', KEYS[2], 0, -1)
local ended = redis.call('HGET', KEYS[1], 'ended')
if ended then
  return {2, ended, lines}
end
local epoch = redis.call('HINCRBY', KEYS[1], 'epoch', 1)
redis.call('HSET', KEYS[1], 'node', ARGV[2])
redis.call('PEXPIRE', KEYS[1], ARGV[4])
redis.call('PEXPIRE', KEYS[2], ARGV[4])
redis.call('ZADD', KEYS[3], now() + ARGV[3], ARGV[1])
return {1, epoch, lines}

-- KEYS: leases by expiry. ARGV: lease, limit, time to live in ms. Returns 1 if there was a place, else 0.
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now())
if not redis.call('ZSCORE', KEYS[1], ARGV[1]) and redis.call('ZCARD', KEYS[1]) >= tonumber(ARGV[2]) then
  return {0}
end
redis.call('ZADD', KEYS[1], now() + ARGV[3], ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[3] * 2)
return {1}

-- KEYS: recordings by the expiry of their owner's lease. ARGV: silence in ms. Returns at most 100, oldest first.
return redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now() - ARGV[1], 'LIMIT', 0, 100)

-- KEYS: key. ARGV: key that is used if there is none, time to live in ms. Returns the key that all nodes use.
redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2])
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return {redis.call('GET', KEYS[1])}

-- KEYS: leases by expiry. ARGV: time to live in ms, leases. A lease that the store forgot is counted again: its
-- stream runs, whatever the store knows.
for i = 2, #ARGV do
  redis.call('ZADD', KEYS[1], now() + ARGV[1], ARGV[i])
end
redis.call('PEXPIRE', KEYS[1], ARGV[1] * 2)
return {#ARGV - 1}

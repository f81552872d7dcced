-- KEYS: recordings by lease; facts of each recording; journals of each. ARGV: lease in ms, time to live in ms, then
-- recording and epoch in turn. Returns the recordings that have a newer owner, or that the store does not know.
local passed = {}
local count = (#ARGV - 2) / 2
for i = 1, count do
  local recording = ARGV[1 + 2 * i]
  local mine = tonumber(ARGV[2 + 2 * i])
  local epoch = redis.call('HGET', KEYS[1 + i], 'epoch')
  if not epoch then
    table.insert(passed, recording)
    table.insert(passed, 'unknown')
  elseif tonumber(epoch) > mine then
    table.insert(passed, recording)
    table.insert(passed, 'passed')
  elseif redis.call('HEXISTS', KEYS[1 + i], 'ended') == 0 then
    redis.call('ZADD', KEYS[1], now() + ARGV[1], recording)
    redis.call('PEXPIRE', KEYS[1 + i], ARGV[2])
    redis.call('PEXPIRE', KEYS[1 + count + i], ARGV[2])
  end
end
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return passed

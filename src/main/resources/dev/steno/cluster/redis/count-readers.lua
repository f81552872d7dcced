-- KEYS: readers of each recording, by node. ARGV: node, time to live in ms, and for each recording what this node's readers
-- are, or '' to ask for those of the other nodes. Returns a list for each recording.
local moment = now()
local answer = {}
for i = 1, #KEYS do
  answer[i] = {}
  if ARGV[2 + i] ~= '' then
    redis.call('HSET', KEYS[i], ARGV[1], string.format('%.0f ', moment + ARGV[2]) .. ARGV[2 + i])
    redis.call('PEXPIRE', KEYS[i], ARGV[2] * 2)
  else
    local all = redis.call('HGETALL', KEYS[i])
    for j = 1, #all, 2 do
      local expiry, readers = string.match(all[j + 1], '^(%d+) (.*)$')
      if all[j] ~= ARGV[1] and tonumber(expiry) > moment then
        table.insert(answer[i], readers)
      end
    end
  end
end
return answer

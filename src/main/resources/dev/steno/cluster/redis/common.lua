-- The store's own clock, in milliseconds: clocks of nodes may differ.
local function now()
  local time = redis.call('TIME')
  return time[1] * 1000 + math.floor(time[2] / 1000)
end

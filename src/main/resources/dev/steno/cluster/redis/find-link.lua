-- KEYS: link. Returns nothing if there is none, else {age of its state in ms, token, 1 for a room, recording, state, key}.
local link = redis.call('HMGET', KEYS[1], 'since', 'token', 'room', 'recording', 'state', 'key')
if not link[1] then
  return {}
end
return {now() - link[1], link[2], link[3], link[4], link[5], link[6]}

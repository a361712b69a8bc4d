-- Counts a call in a sliding window unless the window is full, and looks whether the caller's token is revoked.
-- KEYS[1] hash of slot number to calls   KEYS[2] hash storm:user:{id}:revoked (left out: no token)
-- ARGV[1] now, ms   ARGV[2] length of a slot, ms   ARGV[3] slots in the window   ARGV[4] calls allowed in the window
-- ARGV[5] when the token was issued, ms   ARGV[6] its session id
-- Result: {1 admitted or 0, calls left, ms until one is free, 1 revoked or 0}
if KEYS[2] then
  local issued = tonumber(ARGV[5])
  local r = redis.call('HMGET', KEYS[2], 'before', 'others', 'except', 's:' .. ARGV[6])
  if (r[1] and issued <= tonumber(r[1])) or (r[2] and issued <= tonumber(r[2]) and r[3] ~= ARGV[6]) or r[4] then
    return {0, 0, 0, 1}
  end
end
local now, length, slots, limit = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local slot = math.floor(now / length)
local counts = redis.call('HGETALL', KEYS[1])
local used, oldest = 0, slot
for i = 1, #counts, 2 do
  local at = tonumber(counts[i])
  if at < slot - slots then
    redis.call('HDEL', KEYS[1], counts[i])
  else
    used = used + tonumber(counts[i + 1])
    if at < oldest then
      oldest = at
    end
  end
end
local reset = (oldest + slots + 1) * length - now
if used >= limit then
  return {0, 0, reset, 0}
end
redis.call('HINCRBY', KEYS[1], slot, 1)
redis.call('PEXPIRE', KEYS[1], (slots + 2) * length)
return {1, limit - used - 1, reset, 0}

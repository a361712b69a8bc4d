-- Removes a connection of a user, or only those that expired, and tells the others if none is left.
-- KEYS[1] sorted set storm:presence:{userId}, connections by expiry
-- ARGV[1] now ms  ARGV[2] connection, or '' for none  ARGV[3] what to publish on storm:presence
-- Result: 0 went offline now; -1 was offline before; else the latest expiry ms of those that are left
local before = redis.call('ZCARD', KEYS[1])
if ARGV[2] ~= '' then
  redis.call('ZREM', KEYS[1], ARGV[2])
end
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', ARGV[1])
local last = redis.call('ZREVRANGE', KEYS[1], 0, 0, 'WITHSCORES')
if last[2] then
  return tonumber(last[2])
end
if before == 0 then
  return -1
end
redis.call('PUBLISH', 'storm:presence', ARGV[3])
return 0

-- Notes that a connection of a user lives, and tells the others if it is the first.
-- KEYS[1] sorted set storm:presence:{userId}, connections by expiry
-- ARGV[1] now ms  ARGV[2] expiry ms  ARGV[3] connection  ARGV[4] what to publish on storm:presence
-- Result: 1 came online, 0 was online already
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', ARGV[1])
local others = redis.call('ZCARD', KEYS[1])
redis.call('ZADD', KEYS[1], ARGV[2], ARGV[3])
-- The sweep removes what expired; this is for a set that no sweep ever sees again.
redis.call('PEXPIRE', KEYS[1], 86400000)
if others > 0 then
  return 0
end
redis.call('PUBLISH', 'storm:presence', ARGV[4])
return 1

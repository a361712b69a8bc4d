-- Takes a user from the index of expiries, unless somebody put the user there anew.
-- KEYS[1] sorted set storm:presence:expiry
-- ARGV[1] userId  ARGV[2] the latest score, in ms, at which the user may go
-- Result: 1 removed, 0 kept
local score = redis.call('ZSCORE', KEYS[1], ARGV[1])
if score and tonumber(score) <= tonumber(ARGV[2]) then
  return redis.call('ZREM', KEYS[1], ARGV[1])
end
return 0

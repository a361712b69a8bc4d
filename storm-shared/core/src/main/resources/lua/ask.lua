-- Hands a question to the workers, unless too many wait already.
-- KEYS[1] list storm:queries
-- ARGV[1] sealed question   ARGV[2] most that may wait
-- Result: 1 taken, 0 refused
if redis.call('LLEN', KEYS[1]) >= tonumber(ARGV[2]) then
  return 0
end
redis.call('LPUSH', KEYS[1], ARGV[1])
-- Nobody waits for minutes: what a long outage left behind goes away by itself.
redis.call('EXPIRE', KEYS[1], 60)
return 1

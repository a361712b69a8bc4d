-- Says that a worker lives, and clears those that do not.
-- KEYS[1] sorted set storm:workers
-- ARGV[1] worker id   ARGV[2] now, ms   ARGV[3] until when it counts as alive, ms
-- Begins with a write that takes no memory: after one, a full Redis lets the other pass, and workers go on draining it.
-- Result: how many workers live
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', '(' .. ARGV[2])
redis.call('ZADD', KEYS[1], ARGV[3], ARGV[1])
return redis.call('ZCARD', KEYS[1])

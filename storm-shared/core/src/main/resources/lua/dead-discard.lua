-- Drops a dead letter.
-- KEYS[1] storm:q:{p}:dead   KEYS[2] storm:q:{p}:dead:index
-- ARGV[1] dead letter id
-- Result: 1 dropped, 0 somebody handled it before
redis.call('ZREM', KEYS[2], ARGV[1])
return redis.call('HDEL', KEYS[1], ARGV[1])

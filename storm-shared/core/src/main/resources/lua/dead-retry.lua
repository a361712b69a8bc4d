-- Puts a dead letter's job back into the queue, once however often it is asked.
-- KEYS[1] storm:q:{p}:dead   KEYS[2] storm:q:{p}:dead:index   KEYS[3] stream storm:q:{p}
-- ARGV[1] dead letter id   ARGV[2] sealed job   ARGV[3] job id   ARGV[4] p
-- Result: 1 put back, 0 somebody handled it before
if redis.call('HDEL', KEYS[1], ARGV[1]) == 0 then
  return 0
end
redis.call('ZREM', KEYS[2], ARGV[1])
redis.call('XADD', KEYS[3], '*', 'j', ARGV[2], 'n', '0', 'id', ARGV[3])
redis.call('PUBLISH', 'storm:wake', ARGV[4])
return 1

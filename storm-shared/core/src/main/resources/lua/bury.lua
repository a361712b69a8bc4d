-- Gives a job up as the owner: it moves from the stream to the dead letters, and its sender is told.
-- KEYS[1] storm:q:{p}:lease   KEYS[2] stream storm:q:{p}   KEYS[3] storm:q:{p}:dead   KEYS[4] storm:q:{p}:dead:index
-- KEYS[5] storm:q:{p}:stats:<minute>
-- ARGV[1] <worker id>:<fence>   ARGV[2] entry id   ARGV[3] dead letter id   ARGV[4] record   ARGV[5] failed at, ms
-- ARGV[6] topic   ARGV[7] what to publish there; '' for nothing
-- Result: 1 done, 0 the lease is another's
if redis.call('GET', KEYS[1]) ~= ARGV[1] then
  return 0
end
-- First what takes no memory: then a full Redis lets the rest pass.
if redis.call('XACK', KEYS[2], 'workers', ARGV[2]) == 0 then
  return 1 -- Redis got to this so late that the job was done again meanwhile.
end
redis.call('XDEL', KEYS[2], ARGV[2])
redis.call('HSET', KEYS[3], ARGV[3], ARGV[4])
redis.call('ZADD', KEYS[4], ARGV[5], ARGV[3])
redis.call('HINCRBY', KEYS[5], 'failed', 1)
redis.call('EXPIRE', KEYS[5], 3600)
if ARGV[7] ~= '' then
  redis.call('PUBLISH', ARGV[6], ARGV[7])
end
return 1

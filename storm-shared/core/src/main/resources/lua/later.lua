-- Puts a job off as the owner: it leaves the stream and comes back when it is due.
-- KEYS[1] storm:q:{p}:lease   KEYS[2] stream storm:q:{p}   KEYS[3] storm:q:{p}:delayed   KEYS[4] storm:q:{p}:stats:<minute>
-- ARGV[1] <worker id>:<fence>   ARGV[2] entry id   ARGV[3] due, ms   ARGV[4] attempts|job id|sealed job
-- Result: 1 done, 0 the lease is another's
if redis.call('GET', KEYS[1]) ~= ARGV[1] then
  return 0
end
-- First what takes no memory: then a full Redis lets the rest pass.
if redis.call('XACK', KEYS[2], 'workers', ARGV[2]) == 0 then
  return 1 -- Redis got to this so late that the job was done again meanwhile.
end
redis.call('ZADD', KEYS[3], ARGV[3], ARGV[4])
redis.call('XDEL', KEYS[2], ARGV[2])
redis.call('HINCRBY', KEYS[4], 'retried', 1)
redis.call('EXPIRE', KEYS[4], 3600)
return 1

-- Ends jobs as the owner: they leave the stream.
-- KEYS[1] storm:q:{p}:lease   KEYS[2] stream storm:q:{p}   KEYS[3] storm:q:{p}:stats:<minute>
-- ARGV[1] <worker id>:<fence>   ARGV[2…] entry ids
-- Result: 1 done, 0 the lease is another's
if redis.call('GET', KEYS[1]) ~= ARGV[1] then
  return 0
end
local count = #ARGV - 1
redis.call('XACK', KEYS[2], 'workers', unpack(ARGV, 2))
redis.call('XDEL', KEYS[2], unpack(ARGV, 2))
redis.call('HINCRBY', KEYS[3], 'done', count)
redis.call('EXPIRE', KEYS[3], 3600)
return 1

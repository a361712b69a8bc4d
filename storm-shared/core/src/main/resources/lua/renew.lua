-- Renews a lease, or gives it back.
-- KEYS[1] storm:q:{p}:lease
-- ARGV[1] <worker id>:<fence>   ARGV[2] time to live, ms; 0 gives it back
-- Result: 1 done, 0 it is another's by now
if redis.call('GET', KEYS[1]) ~= ARGV[1] then
  return 0
end
if ARGV[2] == '0' then
  redis.call('DEL', KEYS[1])
else
  redis.call('PEXPIRE', KEYS[1], ARGV[2])
end
return 1

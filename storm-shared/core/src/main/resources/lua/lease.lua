-- Takes a partition that nobody owns.
-- KEYS[1] storm:q:{p}:lease   KEYS[2] storm:q:{p}:fence
-- ARGV[1] worker id   ARGV[2] time to live, ms   ARGV[3] now, ms
-- Result: the fencing number, 0 if somebody owns it
if redis.call('EXISTS', KEYS[1]) == 1 then
  return 0
end
-- At least the time: numbers grow on even if Redis lost the counter, while the database remembers the old ones.
redis.call('DEL', KEYS[1]) -- It is not there; but after a write that takes no memory a full Redis lets the rest pass.
local fence = math.max(tonumber(redis.call('GET', KEYS[2]) or '0') + 1, tonumber(ARGV[3]))
local text = string.format('%.0f', fence)
redis.call('SET', KEYS[2], text)
redis.call('SET', KEYS[1], ARGV[1] .. ':' .. text, 'PX', ARGV[2])
return fence

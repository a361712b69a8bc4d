-- Publishes events of a channel in the order of their seqs, each once, and keeps them for resume.
-- KEYS[1] stream storm:ch:{id}:events
-- ARGV[1] about how many are kept   ARGV[2] seconds they are kept   ARGV[3] topic   ARGV[4…] seq, sealed event, …
-- Begins with a write that takes no memory: after one, a full Redis lets the others pass, and the queue can drain.
-- Result: the seqs that came too late: a later one is out and they are not, so they must not go out any more
redis.call('EXPIRE', KEYS[1], ARGV[2])
-- A message of the topic is `<seq>:<sealed event>:<time by Redis, in microseconds>`.
local time = redis.call('TIME')
local now = time[1] .. string.format('%06d', time[2])
local top = 0
local last = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)
if last[1] then
  top = tonumber(string.match(last[1][1], '^%d+'))
end
local late = {}
for i = 4, #ARGV, 2 do
  local seq = tonumber(ARGV[i])
  if seq > top then
    redis.call('XADD', KEYS[1], 'MAXLEN', '~', ARGV[1], ARGV[i] .. '-0', 'e', ARGV[i + 1])
    redis.call('PUBLISH', ARGV[3], ARGV[i] .. ':' .. ARGV[i + 1] .. ':' .. now)
    top = seq
  elseif #redis.call('XRANGE', KEYS[1], ARGV[i] .. '-0', ARGV[i] .. '-0') == 0 then
    late[#late + 1] = seq
  end
end
redis.call('EXPIRE', KEYS[1], ARGV[2])
return late

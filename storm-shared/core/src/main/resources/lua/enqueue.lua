-- Stores a job in a partition of the inbound queue, once, and within its bound.
-- KEYS[1] stream storm:q:{p}   KEYS[2] storm:q:{p}:seen:<job id>
-- ARGV[1] sealed job   ARGV[2] job id   ARGV[3] max length   ARGV[4] seconds a job id is remembered   ARGV[5] p
-- Result: 'queued' | 'duplicate' | 'full'
if not redis.call('SET', KEYS[2], '1', 'EX', ARGV[4], 'NX') then
  return 'duplicate'
end
local length = redis.call('XLEN', KEYS[1])
if length >= tonumber(ARGV[3]) then
  redis.call('DEL', KEYS[2])
  return 'full'
end
redis.call('XADD', KEYS[1], '*', 'j', ARGV[1], 'n', '0', 'id', ARGV[2])
if length == 0 then
  redis.call('PUBLISH', 'storm:wake', ARGV[5])
end
return 'queued'

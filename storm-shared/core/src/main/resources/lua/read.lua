-- Reads jobs as the owner: those handed out before and not done ('0'), or new ones ('>'). Delayed jobs that are due
-- go to the end of the stream first.
-- KEYS[1] storm:q:{p}:lease   KEYS[2] stream storm:q:{p}   KEYS[3] storm:q:{p}:delayed
-- ARGV[1] <worker id>:<fence>   ARGV[2] '0' | '>'   ARGV[3] count   ARGV[4] now, ms
-- Result: nil if the lease is another's, else {{entry id, {'j', sealed, 'n', attempts, 'id', job id}}, …}
if redis.call('GET', KEYS[1]) ~= ARGV[1] then
  return nil
end
for _, member in ipairs(redis.call('ZRANGEBYSCORE', KEYS[3], '-inf', ARGV[4], 'LIMIT', 0, ARGV[3])) do
  local attempts, id, job = string.match(member, '^(%d+)|([^|]*)|(.*)$')
  redis.call('ZREM', KEYS[3], member) -- First: it takes no memory, and then a full Redis lets the rest pass.
  redis.call('XADD', KEYS[2], '*', 'j', job, 'n', attempts, 'id', id)
end
local function read()
  return redis.pcall('XREADGROUP', 'GROUP', 'workers', 'owner', 'COUNT', ARGV[3], 'STREAMS', KEYS[2], ARGV[2])
end
local found = read()
if type(found) == 'table' and found.err then
  if string.sub(found.err, 1, 7) ~= 'NOGROUP' then
    return found
  end
  redis.call('XGROUP', 'CREATE', KEYS[2], 'workers', '0', 'MKSTREAM')
  found = read()
end
if not found then
  return {}
end
return found[1][2]

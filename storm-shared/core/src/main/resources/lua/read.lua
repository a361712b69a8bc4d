-- Reads jobs as the owner: those handed out before and not ended, and only if there are none, new ones. An owner ends
-- what it reads before it reads on; so what is still handed out then is a dead owner's, or its answer was lost on the
-- way, however late Redis got to the question. Delayed jobs that are due go to the end of the stream first.
-- KEYS[1] storm:q:{p}:lease   KEYS[2] stream storm:q:{p}   KEYS[3] storm:q:{p}:delayed
-- ARGV[1] <worker id>:<fence>   ARGV[2] count   ARGV[3] now, ms
-- Result: nil if the lease is another's, else {1 if they were handed out before, or 0,
--   {{entry id, {'j', sealed, 'n', attempts, 'id', job id}}, …}}
if redis.call('GET', KEYS[1]) ~= ARGV[1] then
  return nil
end
for _, member in ipairs(redis.call('ZRANGEBYSCORE', KEYS[3], '-inf', ARGV[3], 'LIMIT', 0, ARGV[2])) do
  local attempts, id, job = string.match(member, '^(%d+)|([^|]*)|(.*)$')
  redis.call('ZREM', KEYS[3], member) -- First: it takes no memory, and then a full Redis lets the rest pass.
  redis.call('XADD', KEYS[2], '*', 'j', job, 'n', attempts, 'id', id)
end
local function read(from)
  return redis.pcall('XREADGROUP', 'GROUP', 'workers', 'owner', 'COUNT', ARGV[2], 'STREAMS', KEYS[2], from)
end
local found = read('0')
if type(found) == 'table' and found.err then
  if string.sub(found.err, 1, 7) ~= 'NOGROUP' then
    return found
  end
  redis.call('XGROUP', 'CREATE', KEYS[2], 'workers', '0', 'MKSTREAM')
elseif found and #found[1][2] > 0 then
  return {1, found[1][2]}
end
found = read('>')
if type(found) == 'table' and found.err then
  return found
end
return {0, found and found[1][2] or {}}

#!/bin/bash
# Starts MongoDB as a replica set of one, with passwords. mongod insists on a key file that nobody else may read.
set -eu
install -m 400 /run/secrets/mongodb/keyfile /tmp/keyfile
exec docker-entrypoint.sh mongod --replSet storm --keyFile /tmp/keyfile --bind_ip_all --wiredTigerCacheSizeGB "${STORM_MONGODB_CACHE_GB:-0.5}"

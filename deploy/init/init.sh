#!/bin/sh
# Makes on first boot what nobody else may know: Storm's keys and passwords, a certificate authority and the
# certificate of its front door. What exists stays, so this may run at every start; a certificate that runs out, or whose
# names have changed, is renewed.
#
#   /secrets/keys     the originals, mounted here alone; back this volume up
#   /secrets/PART     what one part needs and no more: a file for each setting, named like the property
#
# STORM_HOST          names and addresses that clients use, by commas (localhost is always one)
# STORM_RENEW_DAYS    how long before its end the certificate is renewed (30)
# STORM_HTTPS_PORT    where the front door is published, for its redirect (443)
#
# Stores of your own: put their addresses, passwords included, into mongodb.uri and redis.url of /secrets/keys.
# STORM_MONGODB_URI and STORM_REDIS_URL do the same for a store without a password, as in tests.
set -eu
umask 027
keys=/secrets/keys
days=397
renew_before=$((${STORM_RENEW_DAYS:-30} * 86400))

say() { printf 'storm-init: %s\n' "$*"; }

# keep FILE COMMAND...: makes the file from the command's output unless it is there; never half, readable by nobody else.
keep() {
  file=$keys/$1
  shift
  [ ! -s "$file" ] || return 0
  (umask 077 && "$@" >"$file.new") && mv "$file.new" "$file"
  say "made ${file##*/}"
}

key() { cat "$keys/$1"; }

# give PART SETTING: standard input becomes the setting of that part; an unchanged file is left alone.
give() {
  file=/secrets/$1/$2
  cat >"$file.new"
  chmod 440 "$file.new"
  if cmp -s "$file.new" "$file"; then rm -f "$file.new"; else mv -f "$file.new" "$file"; fi
}

hex() { openssl rand -hex "$1"; }

message_key() { printf 'k1:%s\n' "$(hex 32)"; }

# Four groups like Xk7wq, by construction with upper, lower, digit and symbol, from letters that nobody mixes up.
password() {
  pick() { tr -dc "$1" </dev/urandom | head -c "$2"; }
  for group in 1 2 3 4; do
    [ "$group" = 1 ] || printf '-'
    printf '%s%s%s%s' "$(pick A-HJ-NP-Z 1)" "$(pick a-km-z 1)" "$(pick 2-9 1)" "$(pick a-km-z2-9 2)"
  done
  echo
}

# ---------------------------------------------------------------- certificate

subject_names() {
  names=DNS:localhost,IP:127.0.0.1,IP:0:0:0:0:0:0:0:1
  for name in $(printf %s "${STORM_HOST:-}" | tr ',' ' '); do
    case $name in
      localhost | 127.0.0.1 | ::1) ;;
      *:*) names=$names,IP:$name ;;
      *[!0-9.]*) names=$names,DNS:$name ;;
      *) names=$names,IP:$name ;;
    esac
  done
  printf %s "$names"
}

# expires FILE SECONDS: whether the certificate ends within that time, or is not there.
expires() { [ ! -s "$1" ] || ! openssl x509 -in "$1" -noout -checkend "$2" >/dev/null; }

authority() {
  keep ca.key openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256
  # Renewed with the same key, long before a certificate could outlive it.
  expires "$keys/ca.crt" $(((days + 60) * 86400)) || return 0
  openssl req -x509 -new -key "$keys/ca.key" -sha256 -days 3650 -subj "/CN=Storm CA $(hex 4)" \
    -addext 'basicConstraints=critical,CA:TRUE,pathlen:0' -addext 'keyUsage=critical,keyCertSign,cRLSign' -out "$keys/ca.crt.new"
  mv "$keys/ca.crt.new" "$keys/ca.crt"
  say "made the certificate authority"
}

certificate() {
  names=$(subject_names)
  if ! expires "$keys/tls.crt" "$renew_before" && [ "$names" = "$(cat "$keys/tls.names" 2>/dev/null)" ] &&
    openssl verify -CAfile "$keys/ca.crt" "$keys/tls.crt" >/dev/null 2>&1; then
    return 0
  fi
  work=$(mktemp -d)
  (umask 077 && openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$work/tls.key")
  openssl req -new -key "$work/tls.key" -subj "/CN=Storm" -out "$work/tls.csr"
  printf 'basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature\nextendedKeyUsage=serverAuth\nsubjectAltName=%s\n' "$names" >"$work/extensions"
  openssl x509 -req -in "$work/tls.csr" -CA "$keys/ca.crt" -CAkey "$keys/ca.key" -set_serial "0x$(hex 16)" -sha256 -days "$days" \
    -extfile "$work/extensions" -out "$work/tls.crt" 2>/dev/null
  cp "$work/tls.key" "$keys/tls.key"
  cp "$work/tls.crt" "$keys/tls.crt"
  printf %s "$names" >"$keys/tls.names"
  rm -rf "$work"
  say "made a certificate for $names"
}

authority
certificate
cat "$keys/tls.crt" "$keys/ca.crt" | give tls tls.crt
give tls tls.key <"$keys/tls.key"
give tls ca.crt <"$keys/ca.crt"
port=${STORM_HTTPS_PORT:-443}
if [ "$port" = 443 ]; then port=; else port=:$port; fi
# shellcheck disable=SC2016 # nginx expands it
printf 'return 308 https://$host%s$request_uri;\n' "$port" | give tls redirect.conf

# ---------------------------------------------------------------- keys and passwords

keep transport.key hex 32
keep message.keys message_key
keep keystore.password hex 24
keep ltpa.password hex 24
keep redis.password hex 24
keep mongodb.root.password hex 24
keep mongodb.password hex 24
keep mongodb.keyfile openssl rand -base64 700
keep admin.email echo "${STORM_ADMIN_EMAIL:-admin@storm.local}"
keep admin.password password
keep jwt-private.pem openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256
keep jwt-public.pem openssl pkey -in "$keys/jwt-private.pem" -pubout

# The servers' own key store: Liberty wants one even where nginx does the TLS, and would take its time to make it.
key_store() {
  work=$(mktemp -d)
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$work/key" -out "$work/crt" -days 3650 -subj /CN=storm 2>/dev/null
  openssl pkcs12 -export -name default -inkey "$work/key" -in "$work/crt" -passout "file:$keys/keystore.password"
  rm -rf "$work"
}
keep key.p12 key_store

redis_url=${STORM_REDIS_URL:-redis://:$(key redis.password)@redis:6379}
[ ! -s "$keys/redis.url" ] || redis_url=$(key redis.url)
mongodb_uri=${STORM_MONGODB_URI:-mongodb://storm:$(key mongodb.password)@mongodb:27017/storm?replicaSet=storm&authSource=storm}
[ ! -s "$keys/mongodb.uri" ] || mongodb_uri=$(key mongodb.uri)

for part in rest ws worker; do
  printf '%s\n' "$redis_url" | give "$part" storm.redis.url
  key transport.key | give "$part" storm.transport.key
  key keystore.password | give "$part" storm.keystore.password
  key ltpa.password | give "$part" storm.ltpa.password
done
give keystore key.p12 <"$keys/key.p12"
for part in rest worker; do printf '%s\n' "$mongodb_uri" | give "$part" storm.mongodb.uri; done
for part in rest ws; do key jwt-public.pem | give "$part" jwt-public.pem; done
key jwt-private.pem | give rest jwt-private.pem
key admin.email | give rest storm.admin.email
key admin.password | give rest storm.admin.password
key message.keys | give worker storm.message.keys

printf 'requirepass %s\n' "$(key redis.password)" | give redis auth.conf
key redis.password | give redis password
key mongodb.root.password | give mongodb root.password
key mongodb.password | give mongodb storm.password
key mongodb.keyfile | give mongodb keyfile
say "all secrets are in place"

// Storm's own user, for its own database; run once, by the image, while the data folder is new.
db.getSiblingDB('storm').createUser({
  user: 'storm',
  pwd: require('fs').readFileSync('/run/secrets/mongodb/storm.password', 'utf8').trim(),
  roles: [{ role: 'readWrite', db: 'storm' }],
});

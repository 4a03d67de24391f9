#!/bin/bash
# What compose.yaml uses of the official image: at the first start the database is made and /docker-entrypoint-initdb.d
# is run, while nobody can come in by TCP.
set -eu

if [ ! -s "$PGDATA/PG_VERSION" ]; then
  initdb --encoding=UTF8 --locale=C.UTF-8 --username=postgres --pwfile="$POSTGRES_PASSWORD_FILE" --auth-local=trust --auth-host=scram-sha-256 > /dev/null
  echo 'host all all all scram-sha-256' >> "$PGDATA/pg_hba.conf"
  pg_ctl --wait --silent -o "-c listen_addresses=''" start
  createdb -U postgres "$POSTGRES_DB"
  for file in /docker-entrypoint-initdb.d/*; do
    case $file in
      *.sql) psql -v ON_ERROR_STOP=1 -U postgres -d "$POSTGRES_DB" -f "$file" ;;
      *.sh) bash "$file" ;;
    esac
  done
  pg_ctl --wait --silent --mode=fast stop
fi
exec postgres -c listen_addresses='*'

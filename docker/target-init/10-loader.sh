#!/bin/bash
# The loader's login: it owns the schema that it writes, and nothing else.
psql -v ON_ERROR_STOP=1 --username "${POSTGRES_USER:-postgres}" --dbname "$POSTGRES_DB" <<'SQL'
\set password `cat /run/secrets/target_password`
CREATE ROLE postgres_loader LOGIN PASSWORD :'password';
CREATE SCHEMA raw AUTHORIZATION postgres_loader;
SQL

#!/bin/bash
# What compose.yaml uses of the official image: at the first start the database is made and /docker-entrypoint-initdb.d
# is run, while nobody can come in by TCP.
set -eu
server() { exec mariadbd --user=mysql --skip-name-resolve --bind-address=0.0.0.0 "$@"; }

if [ ! -d /var/lib/mysql/mysql ]; then
  mariadb-install-db --user=mysql --skip-test-db > /dev/null
  (server --skip-networking) &
  until mariadb-admin ping > /dev/null 2>&1; do kill -0 $! && sleep 0.2; done
  MARIADB_ROOT_PASSWORD=$(cat "$MARIADB_ROOT_PASSWORD_FILE")
  export MARIADB_ROOT_PASSWORD
  mariadb -u root <<SQL
CREATE DATABASE $MARIADB_DATABASE;
ALTER USER root@localhost IDENTIFIED BY '$MARIADB_ROOT_PASSWORD';
SQL
  for file in /docker-entrypoint-initdb.d/*; do
    case $file in
      *.sql) MYSQL_PWD=$MARIADB_ROOT_PASSWORD mariadb -u root "$MARIADB_DATABASE" < "$file" ;;
      *.sh) bash "$file" ;;
    esac
  done
  MYSQL_PWD=$MARIADB_ROOT_PASSWORD mariadb-admin -u root shutdown
  wait
  unset MARIADB_ROOT_PASSWORD
fi
server

#!/bin/bash
# The loader's login: it reads the practice's tables. PROCESS lets it see transactions that are still open, so that
# their rows are not missed.
password=$(sed "s/[\\\\']/\\\\&/g" /run/secrets/source_password)
MYSQL_PWD="$MARIADB_ROOT_PASSWORD" mariadb --protocol=socket -u root <<SQL
CREATE USER postgres_loader@'%' IDENTIFIED BY '$password';
GRANT SELECT ON opendental.* TO postgres_loader@'%';
GRANT PROCESS ON *.* TO postgres_loader@'%';
SQL
unset password

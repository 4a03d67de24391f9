-- The loader's login at the source, which it only reads. Run this once as an administrator, with a password and the
-- database's name put in:
--
--   mariadb < config/source-grants.sql
--
-- or mysql instead of mariadb. The comments that begin with an exclamation mark are for the versions that know them.

CREATE USER /*!50706 IF NOT EXISTS */ /*M! IF NOT EXISTS */ 'loader'@'%' IDENTIFIED BY 'change me';
GRANT SELECT ON opendental.* TO 'loader'@'%';

-- PROCESS shows open transactions and statements, so that their rows are not missed. If the user cannot have it, use
-- config/source-horizon.sql.
GRANT PROCESS ON *.* TO 'loader'@'%';

-- Only for a replica; on MySQL, and on MariaDB before 10.5, REPLICATION CLIENT instead.
-- GRANT SLAVE MONITOR ON *.* TO 'loader'@'%';

-- For a source where the loader's user may not have PROCESS: run this once as an administrator who has it, in the
-- database that is loaded, and let the loader's user call the function:
--
--   mariadb opendental < config/source-horizon.sql
--   GRANT EXECUTE ON FUNCTION opendental.postgres_loader_open_work TO 'loader'@'%';
--
-- It tells for how many seconds the oldest open transaction, or statement, of anybody has been at work, and nothing
-- else; NULL when there is none. Whoever runs this script lends it the right to see them.

DROP FUNCTION IF EXISTS postgres_loader_open_work;

CREATE DEFINER = CURRENT_USER FUNCTION postgres_loader_open_work(kind varchar(20)) RETURNS bigint
NOT DETERMINISTIC READS SQL DATA SQL SECURITY DEFINER
COMMENT 'Age in seconds of the oldest open transaction or statement, for the PostgreSQL loader'
RETURN CASE kind
  WHEN 'transaction' THEN (
    SELECT MAX(TIMESTAMPDIFF(SECOND, trx_started, CONVERT_TZ(UTC_TIMESTAMP(), '+00:00', 'SYSTEM')))
    FROM information_schema.innodb_trx
    WHERE trx_mysql_thread_id <> CONNECTION_ID() AND trx_is_read_only = 0)
  WHEN 'statement' THEN (
    SELECT MAX(time) FROM information_schema.processlist
    WHERE command IN ('Query', 'Execute') AND id <> CONNECTION_ID()
      AND user NOT IN ('system user', 'event_scheduler'))
END;

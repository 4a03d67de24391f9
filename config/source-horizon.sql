-- For a source where the loader's user may not have PROCESS: run this once as an administrator who has it, in the
-- database that is loaded, and let the loader's user call the function:
--
--   mariadb opendental < config/source-horizon.sql
--   GRANT EXECUTE ON FUNCTION opendental.postgres_loader_open_work TO 'loader'@'%';
--
-- The function returns the age in seconds of the oldest open transaction, or statement, of any user; NULL if there is
-- none. For a text that begins with "seen-" it returns whether the server's list of open transactions shows that text in
-- the statement of the caller (1) or not (0), because the list can be old. It shows nothing else. It runs with the rights
-- of the user who runs this script. Running the script again replaces the function and drops the grant: grant it again.

DROP FUNCTION IF EXISTS postgres_loader_open_work;

CREATE DEFINER = CURRENT_USER FUNCTION postgres_loader_open_work(kind varchar(20)) RETURNS bigint
NOT DETERMINISTIC READS SQL DATA SQL SECURITY DEFINER
COMMENT 'Age in seconds of the oldest open transaction or statement, for the PostgreSQL loader'
RETURN CASE
  WHEN kind = 'transaction' THEN (
    SELECT MAX(TIMESTAMPDIFF(SECOND, trx_started, CONVERT_TZ(UTC_TIMESTAMP(), '+00:00', 'SYSTEM')))
    FROM information_schema.innodb_trx
    WHERE trx_mysql_thread_id <> CONNECTION_ID() /*!50604 AND trx_is_read_only = 0 */)
  WHEN kind = 'statement' THEN (
    SELECT MAX(time) FROM information_schema.processlist
    WHERE id <> CONNECTION_ID() AND (command IN ('Query', 'Execute', 'Bulk_execute')
        OR command IN ('Connect', 'Killed') AND info IS NOT NULL)
      AND user NOT IN ('system user', 'event_scheduler'))
  WHEN kind LIKE 'seen-%' THEN (
    SELECT COUNT(*) FROM information_schema.innodb_trx
    WHERE trx_mysql_thread_id = CONNECTION_ID() AND LOCATE(CAST(kind AS binary), CAST(trx_query AS binary)) > 0)
END;

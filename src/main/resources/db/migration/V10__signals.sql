CREATE TABLE IF NOT EXISTS etl_loader (
  id             text PRIMARY KEY,
  host           text NOT NULL,
  process_id     bigint NOT NULL,
  version        text NOT NULL,
  period_seconds integer NOT NULL,
  started_at     timestamptz NOT NULL,
  last_beat      timestamptz NOT NULL DEFAULT now(),
  ended_at       timestamptz
);

COMMENT ON TABLE etl_loader IS 'the processes of the command run, by the clock of this server; the next start deletes the rows of those that ended or are not seen any more';
COMMENT ON COLUMN etl_loader.last_beat IS 'written every period_seconds; a loader whose beat is older than three periods is not seen any more';
COMMENT ON COLUMN etl_loader.ended_at IS 'when it was stopped by SIGTERM or Ctrl-C; NULL: it runs, or it was killed';

ALTER TABLE etl_load_status
  ADD COLUMN IF NOT EXISTS paused_at timestamptz;

COMMENT ON COLUMN etl_load_status.paused_at IS 'since when the table is neither loaded nor reconciled on schedule nor by once, at the request of an operator; NULL: it is not paused';
COMMENT ON COLUMN etl_load_status.load_status IS 'pending (never loaded: the next load is full), running, interrupted (the load ended before it was complete; the next one resumes it), success, failed';
COMMENT ON COLUMN etl_load_status.rows_loaded IS 'rows pulled by the last load that read the table; a load that found the source unchanged keeps the number';

-- PostgreSQL releases the advisory lock of a load when the load's connection ends, so that the lock says whether the load
-- goes on. The first key is that of a load, the second that of an adoption, whose comparison follows its load.
CREATE OR REPLACE VIEW etl_table_state AS
SELECT s.table_name,
  CASE
    WHEN s.load_status = 'running' AND EXISTS (
      SELECT 1 FROM pg_locks l
      WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1
        AND l.database = (SELECT d.oid FROM pg_database d WHERE d.datname = current_database())
        AND (l.classid::bigint << 32 | l.objid::bigint) IN (
          hashtextextended('postgres-loader:' || n.nspname || '.' || s.table_name, 0),
          hashtextextended('postgres-loader adopts:' || n.nspname || '.' || s.table_name, 0)))
      THEN 'running'
    WHEN s.paused_at IS NOT NULL THEN 'paused'
    WHEN s.load_status = 'running' THEN 'interrupted'
    ELSE s.load_status
  END AS state,
  s.paused_at
FROM etl_load_status s JOIN pg_class c ON c.oid = s.tableoid JOIN pg_namespace n ON n.oid = c.relnamespace;

COMMENT ON VIEW etl_table_state IS 'load_status as it is now: running only while the load''s process holds the table''s lock, paused, or interrupted';

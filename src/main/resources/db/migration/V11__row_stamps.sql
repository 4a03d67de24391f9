ALTER TABLE etl_load_status
  ADD COLUMN IF NOT EXISTS stamped_up_to timestamptz;

COMMENT ON COLUMN etl_load_status.stamped_up_to IS 'the last stamp given to rows or deletes of the table and committed: no later commit adds a stamp up to it; NULL: none was given yet';

CREATE TABLE IF NOT EXISTS etl_deleted_row (
  id         bigserial PRIMARY KEY,
  table_name text NOT NULL,
  key        jsonb,
  deleted_at timestamptz NOT NULL,
  load_id    text NOT NULL
);

CREATE INDEX IF NOT EXISTS etl_deleted_row_table_time ON etl_deleted_row (table_name, deleted_at);

COMMENT ON TABLE etl_deleted_row IS 'the deletes feed: rows that the loader deleted from tables that have row stamps, kept for tracking.retention';
COMMENT ON COLUMN etl_deleted_row.key IS 'key column to value; NULL: copy the whole table again, since its deleted rows cannot be named';
COMMENT ON COLUMN etl_deleted_row.deleted_at IS 'the stamp of the transaction that deleted the row; a row of the table with the same key and a later stamp was inserted after it';
COMMENT ON COLUMN etl_deleted_row.load_id IS 'the load or repair that deleted the row, as in etl_table_metrics.pipeline_id';

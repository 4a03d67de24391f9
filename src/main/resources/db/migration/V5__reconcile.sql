ALTER TABLE etl_load_status
  ADD COLUMN IF NOT EXISTS source_state         text,
  ADD COLUMN IF NOT EXISTS source_settled       boolean,
  ADD COLUMN IF NOT EXISTS reconcile_reason     text,
  ADD COLUMN IF NOT EXISTS verified_at          timestamptz,
  ADD COLUMN IF NOT EXISTS verify_result        text,
  ADD COLUMN IF NOT EXISTS verify_message       text,
  ADD COLUMN IF NOT EXISTS verify_seconds       double precision,
  ADD COLUMN IF NOT EXISTS proven_at            timestamptz,
  ADD COLUMN IF NOT EXISTS integrity_violations bigint NOT NULL DEFAULT 0;

ALTER TABLE etl_table_metrics
  ADD COLUMN IF NOT EXISTS rows_equal           bigint,
  ADD COLUMN IF NOT EXISTS rows_missing         bigint,
  ADD COLUMN IF NOT EXISTS rows_different       bigint,
  ADD COLUMN IF NOT EXISTS rows_extra           bigint,
  ADD COLUMN IF NOT EXISTS integrity_violations bigint;

COMMENT ON COLUMN etl_load_status.source_state IS 'what the source said of the table when the last load began';
COMMENT ON COLUMN etl_load_status.source_settled IS 'whether all changes it tells of were committed before that load''s horizon; only then may a load be left out';
COMMENT ON COLUMN etl_load_status.reconcile_reason IS 'why the next reconcile is due early; NULL: it is not';
COMMENT ON COLUMN etl_load_status.verified_at IS 'when the last comparison of the whole table ended';
COMMENT ON COLUMN etl_load_status.verify_result IS 'equal, repaired, different, braked or failed';
COMMENT ON COLUMN etl_load_status.proven_at IS 'up to when the target was equal to the source, row by row, but for open dead letters';
COMMENT ON COLUMN etl_load_status.integrity_violations IS 'rows in all that loads should have brought and reconcile found missing or different';

ALTER TABLE etl_load_status
  ADD COLUMN IF NOT EXISTS source_checks jsonb;

COMMENT ON COLUMN etl_load_status.source_checks IS 'of a source table without transactions: its rows and its last check or repair when it was last seen, and the last repair that may have lost rows; NULL: not seen';

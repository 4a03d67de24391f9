ALTER TABLE etl_load_status
  ADD COLUMN IF NOT EXISTS stamp_column     text,
  ADD COLUMN IF NOT EXISTS rows_lost        boolean NOT NULL DEFAULT false,
  ADD COLUMN IF NOT EXISTS void_last_loaded timestamp,
  ADD COLUMN IF NOT EXISTS void_epoch       bigint;

COMMENT ON COLUMN etl_load_status.stamp_column IS 'the column of the row stamp (loaded_at_column) of which stamped_up_to speaks, or spoke last; NULL: rows were never stamped';
COMMENT ON COLUMN etl_load_status.rows_lost IS 'true: a load found that the target may have lost rows, and no comparison or full load has put them back since';
COMMENT ON COLUMN etl_load_status.void_last_loaded IS 'a last_loaded that claims nothing: the source''s clock has gone back behind it';
COMMENT ON COLUMN etl_load_status.void_epoch IS 'the epoch of the last load that took complete_up_to back: a comparison that began before it proves nothing';

-- Until now, no other name was recorded; a column of another name starts anew.
UPDATE etl_load_status SET stamp_column = '_loaded_at' WHERE stamped_up_to IS NOT NULL AND stamp_column IS NULL;

-- A table that is to be loaded from the start, whose rows are to be loaded again, or that may have lost rows, claims
-- nothing until that is done.
CREATE OR REPLACE VIEW etl_freshness AS
SELECT
  s.table_name,
  CASE WHEN v.valid AND s.last_loaded IS DISTINCT FROM s.void_last_loaded THEN s.last_loaded AT TIME ZONE 'UTC' END
    AS loaded_up_to,
  CASE WHEN v.valid AND c.reconciled IS NOT FALSE THEN s.complete_up_to END AS complete_up_to,
  s.stamped_up_to,
  CASE WHEN s.load_status = 'success' AND s.finished_at IS NOT NULL THEN s.finished_at
    ELSE (SELECT m."timestamp" AT TIME ZONE 'UTC' FROM etl_table_metrics m
      WHERE m.table_name = s.table_name AND m.success
        AND m.load_type IN ('full', 'incremental', 'append', 'unchanged')
      ORDER BY m."timestamp" DESC LIMIT 1) END AS last_success,
  s.verified_at,
  s.verify_result,
  (SELECT count(*) FROM etl_dead_letter d WHERE d.table_name = s.table_name AND d.state = 'open')
    AS open_dead_letters,
  s.present_rows AS rows,
  t.state
FROM etl_load_status s
  JOIN etl_table_state t ON t.table_name = s.table_name
  LEFT JOIN etl_configured_table c ON c.table_name = s.table_name
  CROSS JOIN LATERAL (
    SELECT s.watermarks IS NOT NULL AND s.load_status <> 'pending' AND s.backfill IS NULL AND NOT s.rows_lost AS valid) v;

COMMENT ON COLUMN etl_freshness.loaded_up_to IS 'by the source''s clock: new rows, and edits that the table''s cursor columns show, that the source had committed by then are in the target; NULL: no load has succeeded, or rows are missing that a load or a comparison has to bring back';

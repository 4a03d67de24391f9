ALTER TABLE etl_load_status
  ADD COLUMN IF NOT EXISTS complete_up_to timestamptz,
  ADD COLUMN IF NOT EXISTS began_empty    timestamptz,
  ADD COLUMN IF NOT EXISTS extra_rows     bigint,
  ADD COLUMN IF NOT EXISTS present_rows   bigint;

COMMENT ON COLUMN etl_load_status.complete_up_to IS 'by the source''s clock: every change and delete that the source had committed by then is in the target, but for open dead letters; NULL: not proven';
COMMENT ON COLUMN etl_load_status.began_empty IS 'the horizon of the last full load that began with an empty target table; NULL: there was none';
COMMENT ON COLUMN etl_load_status.extra_rows IS 'rows that only the target had when the last comparison ended, and that stay there; NULL: not compared yet';
COMMENT ON COLUMN etl_load_status.present_rows IS 'rows of the target as last counted by a full load or found by a comparison, with those inserted and without those deleted since; NULL: not counted yet';

ALTER TABLE etl_table_metrics ADD COLUMN IF NOT EXISTS cycle_id text;

COMMENT ON COLUMN etl_table_metrics.cycle_id IS 'the same for all loads and comparisons of one command, and for all loads of one round of run; NULL: the work belongs to no round';

ALTER TABLE etl_configured_table ADD COLUMN IF NOT EXISTS reconciled boolean NOT NULL DEFAULT true;

COMMENT ON COLUMN etl_configured_table.reconciled IS 'false with reconcile: off';

-- A table that is to be loaded from the start, or whose rows are to be loaded again, claims nothing until that is done.
CREATE OR REPLACE VIEW etl_freshness AS
SELECT
  s.table_name,
  CASE WHEN v.valid THEN s.last_loaded AT TIME ZONE 'UTC' END AS loaded_up_to,
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
    SELECT s.watermarks IS NOT NULL AND s.load_status <> 'pending' AND s.backfill IS NULL AS valid) v;

COMMENT ON VIEW etl_freshness IS 'up to when each table is loaded; one row for each tracked table, without a look at the tables themselves';
COMMENT ON COLUMN etl_freshness.loaded_up_to IS 'by the source''s clock: new rows, and edits that the table''s cursor columns show, that the source had committed by then are in the target; NULL: no load has succeeded';
COMMENT ON COLUMN etl_freshness.complete_up_to IS 'by the source''s clock: all changes and deletes that the source had committed by then are in the target; NULL: not proven, or reconcile: off';
COMMENT ON COLUMN etl_freshness.stamped_up_to IS 'the stamp (loaded_at_column) up to which no later commit adds a row';
COMMENT ON COLUMN etl_freshness.last_success IS 'when the last load ended that was complete, as far as tracking.retention keeps it';
COMMENT ON COLUMN etl_freshness.rows IS 'rows of the target as loads and comparisons counted them; rows that other programs wrote may be missing; NULL: not counted yet';
COMMENT ON COLUMN etl_freshness.state IS 'pending, running, interrupted, paused, success or failed';

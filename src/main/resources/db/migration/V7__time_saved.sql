-- A table that was taken over has had no full load: the comparison that took it over read all rows as well.
-- Comparisons are no loads, and rows of another loader have no type; a load that failed before it knew its type has the
-- pipeline_id 'not begun'.
CREATE OR REPLACE VIEW etl_monitoring AS
WITH coverage AS (
  SELECT count(*) AS configured_tables,
    count(*) FILTER (WHERE s.watermarks IS NOT NULL AND s.load_status <> 'pending') AS tracked_tables
  FROM etl_configured_table c LEFT JOIN etl_load_status s ON s.table_name = c.table_name
), loads AS (
  SELECT count(*) AS loads,
    count(*) FILTER (WHERE load_type IN ('incremental', 'append') OR load_type IS NULL) AS incremental_loads,
    count(*) FILTER (WHERE load_type IN ('incremental', 'append') AND success) AS incremental_loads_succeeded,
    count(*) FILTER (WHERE error LIKE '%duplicate key%') AS loads_with_duplicate_key,
    coalesce(sum(rows_inserted + rows_updated) FILTER (WHERE load_type IN ('incremental', 'append') AND success), 0)
      AS rows_captured,
    count(*) FILTER (WHERE error_class = 'integrity') AS loads_with_missing_rows
  FROM etl_table_metrics
  WHERE load_type NOT IN ('reconcile', 'verify', 'adopt') OR load_type IS NULL AND pipeline_id = 'not begun'
), comparisons AS (
  SELECT coalesce(sum(integrity_violations), 0) AS rows_not_captured FROM etl_table_metrics WHERE load_type = 'reconcile'
), full_load AS (
  SELECT DISTINCT ON (table_name) table_name, processing_time FROM etl_table_metrics
  WHERE success AND (load_type = 'full' OR load_type = 'adopt' AND rows_equal IS NOT NULL)
  ORDER BY table_name, load_type = 'full' DESC, "timestamp" DESC, id DESC
), saved AS (
  SELECT sum(f.processing_time) AS full_seconds, sum(f.processing_time - m.processing_time) AS seconds
  FROM etl_table_metrics m JOIN full_load f ON f.table_name = m.table_name
  WHERE m.success AND m.load_type IN ('incremental', 'append', 'unchanged')
), conflicts AS (
  SELECT count(*) AS duplicate_key_dead_letters FROM etl_dead_letter WHERE sqlstate = '23505' AND state = 'open'
)
SELECT
  round(100.0 * tracked_tables / nullif(configured_tables, 0), 2) AS tracking_coverage_percent,
  tracked_tables, configured_tables,
  round(100.0 * incremental_loads_succeeded / nullif(incremental_loads, 0), 2) AS incremental_success_rate_percent,
  incremental_loads_succeeded, incremental_loads,
  round(100.0 * rows_captured / nullif(rows_captured + rows_not_captured, 0), 4) AS data_capture_rate_percent,
  rows_captured, rows_not_captured,
  round((100 * saved.seconds / nullif(full_seconds, 0))::numeric, 2) AS time_saved_percent,
  round(saved.seconds::numeric, 3) AS time_saved_seconds,
  round(100.0 * loads_with_duplicate_key / nullif(loads, 0), 2) AS duplicate_key_error_rate_percent,
  loads_with_duplicate_key, loads, duplicate_key_dead_letters,
  rows_not_captured + loads_with_missing_rows AS integrity_violations
FROM coverage, loads, comparisons, saved, conflicts;

COMMENT ON COLUMN etl_monitoring.time_saved_percent IS 'of the time that full loads would have taken, going by the last full load of each table, or else the comparison that took it over; tables without either do not count';

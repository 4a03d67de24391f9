ALTER TABLE etl_table_metrics ADD COLUMN IF NOT EXISTS rows_deleted bigint;

COMMENT ON COLUMN etl_table_metrics.rows_deleted IS 'rows gone from the source that were deleted, or marked in _deleted_at';

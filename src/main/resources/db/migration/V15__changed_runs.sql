-- Most runs find nothing. What the status shows of many days is read from the others.
CREATE INDEX IF NOT EXISTS etl_table_metrics_changed ON etl_table_metrics (table_name, "timestamp")
  WHERE rows_inserted > 0 OR rows_updated > 0 OR rows_deleted > 0 OR rows_equal IS NOT NULL OR NOT success;

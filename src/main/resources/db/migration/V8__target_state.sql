ALTER TABLE etl_load_status
  ADD COLUMN IF NOT EXISTS target_state   jsonb,
  ADD COLUMN IF NOT EXISTS purged_columns jsonb;

COMMENT ON COLUMN etl_load_status.target_state IS 'by which the next load detects that another program emptied, rewrote or altered the table in the target: hashes of the files that hold its rows and of its columns; NULL: not recorded';
COMMENT ON COLUMN etl_load_status.purged_columns IS 'excluded columns whose values purge_excluded removed from the target; NULL: none, or not known';

ALTER TABLE etl_load_status ADD COLUMN IF NOT EXISTS source_origin jsonb;

COMMENT ON COLUMN etl_load_status.source_origin IS 'the server that the last load read, and when the table was created there; NULL: the next load learns it';

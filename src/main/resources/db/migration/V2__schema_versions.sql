CREATE TABLE IF NOT EXISTS etl_schema_version (
  id          bigserial PRIMARY KEY,
  table_name  text NOT NULL,
  version     integer NOT NULL,
  changes     jsonb NOT NULL,
  statements  jsonb NOT NULL,
  schema      jsonb NOT NULL,
  created_at  timestamptz NOT NULL DEFAULT now(),
  UNIQUE (table_name, version)
);

COMMENT ON TABLE etl_schema_version IS 'what each table looked like on both sides when a load made it ready, and what was done';
COMMENT ON COLUMN etl_schema_version.changes IS 'what differs from the version before, in words';
COMMENT ON COLUMN etl_schema_version.statements IS 'what was run on the target, in order';

ALTER TABLE etl_load_status
  ADD COLUMN IF NOT EXISTS backfill         text,
  ADD COLUMN IF NOT EXISTS nul_stripped     bigint,
  ADD COLUMN IF NOT EXISTS text_replaced    bigint,
  ADD COLUMN IF NOT EXISTS excluded_columns integer;

COMMENT ON COLUMN etl_load_status.backfill IS 'why rows that are loaded already must be loaded again; NULL once a full load has done so';

ALTER TABLE etl_table_metrics
  ADD COLUMN IF NOT EXISTS nul_stripped     bigint,
  ADD COLUMN IF NOT EXISTS text_replaced    bigint,
  ADD COLUMN IF NOT EXISTS excluded_columns integer;

-- A key may be longer than an index entry: its two 64-bit hashes stand for it.
DROP INDEX IF EXISTS etl_dead_letter_open;
CREATE UNIQUE INDEX etl_dead_letter_open ON etl_dead_letter
  (table_name, hashtextextended(coalesce(key::text, ''), 0), hashtextextended(coalesce(key::text, ''), 1))
  WHERE state = 'open';

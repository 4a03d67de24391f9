-- The columns above each blank line are the users' and keep their meaning; a table of theirs is extended, not replaced.
CREATE TABLE IF NOT EXISTS etl_load_status (
  id            serial PRIMARY KEY,
  table_name    varchar(255) NOT NULL UNIQUE,
  last_loaded   timestamp,
  rows_loaded   bigint NOT NULL DEFAULT 0,
  load_status   varchar(50) NOT NULL DEFAULT 'pending',
  _loaded_at    timestamp NOT NULL DEFAULT (now() AT TIME ZONE 'UTC'),
  _created_at   timestamp NOT NULL DEFAULT (now() AT TIME ZONE 'UTC'),
  _updated_at   timestamp NOT NULL DEFAULT (now() AT TIME ZONE 'UTC')
);

ALTER TABLE etl_load_status
  ADD COLUMN IF NOT EXISTS load_id          text,
  ADD COLUMN IF NOT EXISTS load_type        text,
  ADD COLUMN IF NOT EXISTS load_reason      text,
  ADD COLUMN IF NOT EXISTS epoch            bigint NOT NULL DEFAULT 0,
  ADD COLUMN IF NOT EXISTS watermarks       jsonb,
  ADD COLUMN IF NOT EXISTS fingerprint      jsonb,
  ADD COLUMN IF NOT EXISTS bookmark         jsonb,
  ADD COLUMN IF NOT EXISTS rows_counted     bigint,
  ADD COLUMN IF NOT EXISTS rows_inserted    bigint,
  ADD COLUMN IF NOT EXISTS rows_updated     bigint,
  ADD COLUMN IF NOT EXISTS rows_unchanged   bigint,
  ADD COLUMN IF NOT EXISTS rows_dead_lettered bigint,
  ADD COLUMN IF NOT EXISTS zero_dates       bigint,
  ADD COLUMN IF NOT EXISTS chunks           integer,
  ADD COLUMN IF NOT EXISTS source_rows      bigint,
  ADD COLUMN IF NOT EXISTS target_rows      bigint,
  ADD COLUMN IF NOT EXISTS notes            text,
  ADD COLUMN IF NOT EXISTS started_at       timestamptz,
  ADD COLUMN IF NOT EXISTS finished_at      timestamptz,
  ADD COLUMN IF NOT EXISTS duration_seconds double precision,
  ADD COLUMN IF NOT EXISTS error_class      text,
  ADD COLUMN IF NOT EXISTS error            text;

COMMENT ON COLUMN etl_load_status.last_loaded IS 'UTC: everything that the source had committed by then is in the target';
COMMENT ON COLUMN etl_load_status.rows_loaded IS 'rows pulled by the last load';
COMMENT ON COLUMN etl_load_status.load_status IS 'pending (never loaded: the next load is full), running, success, failed';
COMMENT ON COLUMN etl_load_status.epoch IS 'counts the loads begun; a writer of an older epoch is turned away';
COMMENT ON COLUMN etl_load_status.watermarks IS 'per cursor column, in that column''s own clock, and greatest keys seen';
COMMENT ON COLUMN etl_load_status.bookmark IS 'where an unfinished load stands after its last committed chunk';

CREATE TABLE IF NOT EXISTS etl_table_metrics (
  id              serial PRIMARY KEY,
  pipeline_id     text NOT NULL,
  table_name      text NOT NULL,
  rows_processed  bigint NOT NULL DEFAULT 0,
  processing_time double precision NOT NULL DEFAULT 0,
  success         boolean NOT NULL,
  error           text,
  "timestamp"     timestamp NOT NULL DEFAULT (now() AT TIME ZONE 'UTC'),
  created_at      timestamp NOT NULL DEFAULT (now() AT TIME ZONE 'UTC')
);

ALTER TABLE etl_table_metrics
  ADD COLUMN IF NOT EXISTS load_type          text,
  ADD COLUMN IF NOT EXISTS load_reason        text,
  ADD COLUMN IF NOT EXISTS rows_counted       bigint,
  ADD COLUMN IF NOT EXISTS rows_inserted      bigint,
  ADD COLUMN IF NOT EXISTS rows_updated       bigint,
  ADD COLUMN IF NOT EXISTS rows_unchanged     bigint,
  ADD COLUMN IF NOT EXISTS rows_dead_lettered bigint,
  ADD COLUMN IF NOT EXISTS zero_dates         bigint,
  ADD COLUMN IF NOT EXISTS chunks             integer,
  ADD COLUMN IF NOT EXISTS source_rows        bigint,
  ADD COLUMN IF NOT EXISTS target_rows        bigint,
  ADD COLUMN IF NOT EXISTS notes              text,
  ADD COLUMN IF NOT EXISTS error_class        text;

CREATE INDEX IF NOT EXISTS etl_table_metrics_table_time ON etl_table_metrics (table_name, "timestamp");

COMMENT ON COLUMN etl_table_metrics.pipeline_id IS 'the load''s id, as in etl_load_status.load_id and etl_dead_letter.load_id';
COMMENT ON COLUMN etl_table_metrics.processing_time IS 'seconds';

CREATE TABLE IF NOT EXISTS etl_dead_letter (
  id          bigserial PRIMARY KEY,
  table_name  text NOT NULL,
  key         jsonb,
  reason      text NOT NULL,
  message     text NOT NULL,
  sqlstate    text,
  column_name text,
  attempts    integer NOT NULL DEFAULT 1,
  first_seen  timestamptz NOT NULL DEFAULT now(),
  last_seen   timestamptz NOT NULL DEFAULT now(),
  load_id     text NOT NULL,
  state       text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'replayed', 'superseded'))
);

-- One open entry per table and key; a load that failed as a whole has no key.
CREATE UNIQUE INDEX IF NOT EXISTS etl_dead_letter_open
  ON etl_dead_letter (table_name, (coalesce(key, 'null'::jsonb))) WHERE state = 'open';

COMMENT ON COLUMN etl_dead_letter.key IS 'key column to value; NULL: the load itself failed. No other value of the row is kept';

-- The loader's role at the target. It owns the schema that it fills, and may do nothing outside. Run this once as an
-- administrator in the warehouse's database, with a password and the names put in:
--
--   psql -v ON_ERROR_STOP=1 -d opendental_analytics -f config/target-grants.sql

CREATE ROLE loader LOGIN PASSWORD 'change me';
GRANT CONNECT, TEMPORARY ON DATABASE opendental_analytics TO loader;
CREATE SCHEMA IF NOT EXISTS raw;
ALTER SCHEMA raw OWNER TO loader;

-- A warehouse that another loader has filled: only the owner of a table may add columns to it. Whoever owned it may
-- still read, write and empty it, number its rows, and create tables, so that views go on working, and the way back
-- stays open. (Should the former loader alter or drop tables as well: GRANT loader TO its role, when it goes on.)
DO $$
DECLARE
  there record;
BEGIN
  FOR there IN
    SELECT c.oid::regclass AS name, pg_get_userbyid(c.relowner) AS owner FROM pg_class c
    WHERE c.relnamespace = 'raw'::regnamespace AND c.relkind IN ('r', 'p') AND pg_get_userbyid(c.relowner) <> 'loader'
  LOOP
    EXECUTE format('ALTER TABLE %s OWNER TO loader', there.name);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON %s TO %I', there.name, there.owner);
    EXECUTE format('GRANT USAGE, CREATE ON SCHEMA raw TO %I', there.owner);
    -- Whoever inserts rows draws from them; those that a table owns have become the loader's with it.
    EXECUTE format('GRANT USAGE ON ALL SEQUENCES IN SCHEMA raw TO loader, %I', there.owner);
  END LOOP;
END $$;

-- Who reads the data, and the tracking tables beside it:
-- GRANT USAGE ON SCHEMA raw TO analysts;
-- ALTER DEFAULT PRIVILEGES FOR ROLE loader IN SCHEMA raw GRANT SELECT ON TABLES TO analysts;
-- GRANT SELECT ON ALL TABLES IN SCHEMA raw TO analysts;

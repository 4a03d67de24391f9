-- The loader's role at the target. The role owns the schema that it fills, and has no other rights. Run this once as an
-- administrator in the warehouse's database, with a password and the names put in:
--
--   psql -v ON_ERROR_STOP=1 -d opendental_analytics -f config/target-grants.sql

CREATE ROLE loader LOGIN PASSWORD 'change me';
GRANT CONNECT, TEMPORARY ON DATABASE opendental_analytics TO loader;
CREATE SCHEMA IF NOT EXISTS raw;
ALTER SCHEMA raw OWNER TO loader;

-- A warehouse that another loader has filled: only the owner of a table may add columns to it. The former owner may
-- still read, write and empty the table, use its sequences, and create tables, so that views keep working and the way
-- back stays open. (If the former loader also alters or drops tables: GRANT loader TO its role, when you go back.)
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
    -- Inserts need the sequences. A sequence that a table owns now belongs to the loader, like the table.
    EXECUTE format('GRANT USAGE ON ALL SEQUENCES IN SCHEMA raw TO loader, %I', there.owner);
  END LOOP;
END $$;

-- For the roles that read the data and the tracking tables:
-- GRANT USAGE ON SCHEMA raw TO analysts;
-- ALTER DEFAULT PRIVILEGES FOR ROLE loader IN SCHEMA raw GRANT SELECT ON TABLES TO analysts;
-- GRANT SELECT ON ALL TABLES IN SCHEMA raw TO analysts;

-- The locks are looked at once for all tables, and only if a table is said to be running. A look for each table would also
-- make the planner expect so much work that it compiles the query (jit), which takes longer than the query.
CREATE OR REPLACE VIEW etl_table_state AS
SELECT s.table_name,
  CASE
    WHEN s.load_status = 'running' AND ARRAY[
        hashtextextended('postgres-loader:' || n.nspname || '.' || s.table_name, 0),
        hashtextextended('postgres-loader adopts:' || n.nspname || '.' || s.table_name, 0)]
      && ARRAY(
        SELECT l.classid::bigint << 32 | l.objid::bigint FROM pg_locks l
        WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1
          AND l.database = (SELECT d.oid FROM pg_database d WHERE d.datname = current_database()))
      THEN 'running'
    WHEN s.paused_at IS NOT NULL THEN 'paused'
    WHEN s.load_status = 'running' THEN 'interrupted'
    ELSE s.load_status
  END AS state,
  s.paused_at
FROM etl_load_status s JOIN pg_class c ON c.oid = s.tableoid JOIN pg_namespace n ON n.oid = c.relnamespace;

-- any row
(SELECT 1 FROM "raw"."t" LIMIT 1) UNION ALL SELECT 1 WHERE (SELECT CASE WHEN current_setting('postgres_loader.stamp', true) > '' THEN current_setting('postgres_loader.stamp') ELSE current_setting('postgres_loader.no_stamp_was_taken') END::timestamptz) <> now();
-- any row from a key on
(SELECT 1 FROM (SELECT "a", "b" FROM "raw"."t" ORDER BY "a" DESC, "b" DESC LIMIT 1) AS greatest WHERE ("a", "b") >= (?, ?)) UNION ALL SELECT 1 WHERE (SELECT CASE WHEN current_setting('postgres_loader.stamp', true) > '' THEN current_setting('postgres_loader.stamp') ELSE current_setting('postgres_loader.no_stamp_was_taken') END::timestamptz) <> now();
-- straight into the table
COPY "raw"."t" ("v", "a", "b") FROM STDIN;
-- by way of the stage
CREATE TEMPORARY TABLE "etl_stage" ON COMMIT DROP AS SELECT "v", "a", "b" FROM "raw"."t" WITH NO DATA;
COPY pg_temp."etl_stage" ("v", "a", "b") FROM STDIN;
WITH changed AS (
  SELECT s.*, t.ctid FROM pg_temp."etl_stage" s LEFT JOIN "raw"."t" t ON t."a" = s."a" AND t."b" = s."b"
  WHERE (t.ctid IS NULL OR t."_deleted_at" IS NOT NULL OR ROW(s."v", s."a", s."b")::record *<> ROW(t."v", t."a", t."b")::record)
), written AS (
  INSERT INTO "raw"."t" AS t ("v", "a", "b", "at""")
  SELECT s."v", s."a", s."b", (SELECT CASE WHEN current_setting('postgres_loader.stamp', true) > '' THEN current_setting('postgres_loader.stamp') ELSE current_setting('postgres_loader.no_stamp_was_taken') END::timestamptz) FROM changed s ORDER BY s."a", s."b"
  ON CONFLICT ("a", "b") DO UPDATE SET "v" = EXCLUDED."v", "_deleted_at" = NULL, "at""" = EXCLUDED."at"""
  RETURNING 1
)
SELECT count(*) FILTER (WHERE ctid IS NULL), count(*) FILTER (WHERE ctid IS NOT NULL),
  (SELECT count(*) FROM written) FROM changed;
-- a part of the stage, to find a bad row
SELECT ctid::text FROM pg_temp."etl_stage";
WITH changed AS (
  SELECT s.*, t.ctid FROM pg_temp."etl_stage" s LEFT JOIN "raw"."t" t ON t."a" = s."a" AND t."b" = s."b"
  WHERE (t.ctid IS NULL OR t."_deleted_at" IS NOT NULL OR ROW(s."v", s."a", s."b")::record *<> ROW(t."v", t."a", t."b")::record) AND s.ctid BETWEEN ?::tid AND ?::tid
), written AS (
  INSERT INTO "raw"."t" AS t ("v", "a", "b", "at""")
  SELECT s."v", s."a", s."b", (SELECT CASE WHEN current_setting('postgres_loader.stamp', true) > '' THEN current_setting('postgres_loader.stamp') ELSE current_setting('postgres_loader.no_stamp_was_taken') END::timestamptz) FROM changed s ORDER BY s."a", s."b"
  ON CONFLICT ("a", "b") DO UPDATE SET "v" = EXCLUDED."v", "_deleted_at" = NULL, "at""" = EXCLUDED."at"""
  RETURNING 1
)
SELECT count(*) FILTER (WHERE ctid IS NULL), count(*) FILTER (WHERE ctid IS NOT NULL),
  (SELECT count(*) FROM written) FROM changed;
-- what triggers changed
SELECT count(*), bool_or(ROW(s."v")::record *<> ROW(t."v")::record), bool_or(t.ctid IS NULL), bool_or(t.ctid IS NULL) FROM pg_temp."etl_stage" s LEFT JOIN "raw"."t" t ON t."a" = s."a" AND t."b" = s."b" WHERE s.ctid::text <> ALL (?) AND (t.ctid IS NULL OR ROW(s."v")::record *<> ROW(t."v")::record);
DROP TABLE pg_temp."etl_stage";

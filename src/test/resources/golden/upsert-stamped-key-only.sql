-- any row
(SELECT 1 FROM "raw"."link" LIMIT 1) UNION ALL SELECT 1 WHERE (SELECT CASE WHEN current_setting('postgres_loader.stamp', true) > '' THEN current_setting('postgres_loader.stamp') ELSE current_setting('postgres_loader.no_stamp_was_taken') END::timestamptz) <> now();
-- any row from a key on
(SELECT 1 FROM (SELECT "a", "b" FROM "raw"."link" ORDER BY "a" DESC, "b" DESC LIMIT 1) AS greatest WHERE ("a", "b") >= (?, ?)) UNION ALL SELECT 1 WHERE (SELECT CASE WHEN current_setting('postgres_loader.stamp', true) > '' THEN current_setting('postgres_loader.stamp') ELSE current_setting('postgres_loader.no_stamp_was_taken') END::timestamptz) <> now();
-- straight into the table
COPY "raw"."link" ("a", "b") FROM STDIN;
-- by way of the stage
CREATE TEMPORARY TABLE "etl_stage" ON COMMIT DROP AS SELECT "a", "b" FROM "raw"."link" WITH NO DATA;
COPY pg_temp."etl_stage" ("a", "b") FROM STDIN;
WITH changed AS (
  SELECT s.*, t.ctid FROM pg_temp."etl_stage" s LEFT JOIN "raw"."link" t ON t."a" = s."a" AND t."b" = s."b"
  WHERE (t.ctid IS NULL)
), written AS (
  INSERT INTO "raw"."link" AS t ("a", "b", "_loaded_at")
  SELECT s."a", s."b", (SELECT CASE WHEN current_setting('postgres_loader.stamp', true) > '' THEN current_setting('postgres_loader.stamp') ELSE current_setting('postgres_loader.no_stamp_was_taken') END::timestamptz) FROM changed s ORDER BY s."a", s."b"
  ON CONFLICT ("a", "b") DO NOTHING
  RETURNING 1
)
SELECT count(*) FILTER (WHERE ctid IS NULL), count(*) FILTER (WHERE ctid IS NOT NULL),
  (SELECT count(*) FROM written) FROM changed;
-- a part of the stage, to find a bad row
SELECT ctid::text FROM pg_temp."etl_stage";
WITH changed AS (
  SELECT s.*, t.ctid FROM pg_temp."etl_stage" s LEFT JOIN "raw"."link" t ON t."a" = s."a" AND t."b" = s."b"
  WHERE (t.ctid IS NULL) AND s.ctid BETWEEN ?::tid AND ?::tid
), written AS (
  INSERT INTO "raw"."link" AS t ("a", "b", "_loaded_at")
  SELECT s."a", s."b", (SELECT CASE WHEN current_setting('postgres_loader.stamp', true) > '' THEN current_setting('postgres_loader.stamp') ELSE current_setting('postgres_loader.no_stamp_was_taken') END::timestamptz) FROM changed s ORDER BY s."a", s."b"
  ON CONFLICT ("a", "b") DO NOTHING
  RETURNING 1
)
SELECT count(*) FILTER (WHERE ctid IS NULL), count(*) FILTER (WHERE ctid IS NOT NULL),
  (SELECT count(*) FROM written) FROM changed;
-- what triggers changed
SELECT count(*), bool_or(t.ctid IS NULL), bool_or(t.ctid IS NULL) FROM pg_temp."etl_stage" s LEFT JOIN "raw"."link" t ON t."a" = s."a" AND t."b" = s."b" WHERE s.ctid::text <> ALL (?) AND (t.ctid IS NULL);
DROP TABLE pg_temp."etl_stage";

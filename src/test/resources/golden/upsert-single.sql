-- any row
SELECT 1 FROM "raw"."adjustment" LIMIT 1;
-- any row from a key on
SELECT 1 FROM (SELECT "AdjNum" FROM "raw"."adjustment" ORDER BY "AdjNum" DESC LIMIT 1) AS greatest WHERE ("AdjNum") >= (?);
-- straight into the table
COPY "raw"."adjustment" ("AdjNum", "AdjAmt", "Odd""Name") FROM STDIN;
-- by way of the stage
CREATE TEMPORARY TABLE "etl_stage" ON COMMIT DROP AS SELECT "AdjNum", "AdjAmt", "Odd""Name" FROM "raw"."adjustment" WITH NO DATA;
COPY pg_temp."etl_stage" ("AdjNum", "AdjAmt", "Odd""Name") FROM STDIN;
WITH changed AS (
  SELECT s.*, t.ctid FROM pg_temp."etl_stage" s LEFT JOIN "raw"."adjustment" t ON t."AdjNum" = s."AdjNum"
  WHERE (t.ctid IS NULL OR ROW(s."AdjNum", s."AdjAmt", s."Odd""Name")::record *<> ROW(t."AdjNum", t."AdjAmt", t."Odd""Name")::record)
), written AS (
  INSERT INTO "raw"."adjustment" AS t ("AdjNum", "AdjAmt", "Odd""Name")
  SELECT s."AdjNum", s."AdjAmt", s."Odd""Name" FROM changed s ORDER BY s."AdjNum"
  ON CONFLICT ("AdjNum") DO UPDATE SET "AdjAmt" = EXCLUDED."AdjAmt", "Odd""Name" = EXCLUDED."Odd""Name"
  RETURNING 1
)
SELECT count(*) FILTER (WHERE ctid IS NULL), count(*) FILTER (WHERE ctid IS NOT NULL),
  (SELECT count(*) FROM written) FROM changed;
-- a part of the stage, to find a bad row
SELECT ctid::text FROM pg_temp."etl_stage";
WITH changed AS (
  SELECT s.*, t.ctid FROM pg_temp."etl_stage" s LEFT JOIN "raw"."adjustment" t ON t."AdjNum" = s."AdjNum"
  WHERE (t.ctid IS NULL OR ROW(s."AdjNum", s."AdjAmt", s."Odd""Name")::record *<> ROW(t."AdjNum", t."AdjAmt", t."Odd""Name")::record) AND s.ctid BETWEEN ?::tid AND ?::tid
), written AS (
  INSERT INTO "raw"."adjustment" AS t ("AdjNum", "AdjAmt", "Odd""Name")
  SELECT s."AdjNum", s."AdjAmt", s."Odd""Name" FROM changed s ORDER BY s."AdjNum"
  ON CONFLICT ("AdjNum") DO UPDATE SET "AdjAmt" = EXCLUDED."AdjAmt", "Odd""Name" = EXCLUDED."Odd""Name"
  RETURNING 1
)
SELECT count(*) FILTER (WHERE ctid IS NULL), count(*) FILTER (WHERE ctid IS NOT NULL),
  (SELECT count(*) FROM written) FROM changed;
-- what triggers changed
SELECT count(*), bool_or(t.ctid IS NULL), bool_or(ROW(s."AdjAmt")::record *<> ROW(t."AdjAmt")::record), bool_or(ROW(s."Odd""Name")::record *<> ROW(t."Odd""Name")::record) FROM pg_temp."etl_stage" s LEFT JOIN "raw"."adjustment" t ON t."AdjNum" = s."AdjNum" WHERE s.ctid::text <> ALL (?) AND (t.ctid IS NULL OR ROW(s."AdjAmt")::record *<> ROW(t."AdjAmt")::record OR ROW(s."Odd""Name")::record *<> ROW(t."Odd""Name")::record);
DROP TABLE pg_temp."etl_stage";

-- all rows
SELECT `A`, `b"c` FROM `note`;
--   parameters: []
-- the table
CREATE TABLE "raw"."note" ("A" integer);
-- replaced where it differs from the stage
WITH staged AS (SELECT part, id, image, row_number() OVER (PARTITION BY image ORDER BY part, id) AS number FROM (SELECT r.tableoid AS part, r.ctid AS id, sha256(convert_to(ROW(r."A", r."b""c")::text, 'UTF8')) AS image FROM pg_temp."etl_stage" r) i), present AS (SELECT part, id, image, row_number() OVER (PARTITION BY image ORDER BY part, id) AS number FROM (SELECT r.tableoid AS part, r.ctid AS id, sha256(convert_to(ROW(r."A", r."b""c")::text, 'UTF8')) AS image FROM "raw"."note" r) i), deleted AS (
  DELETE FROM "raw"."note" t USING present p WHERE t.tableoid = p.part AND t.ctid = p.id
    AND NOT EXISTS (SELECT 1 FROM staged s WHERE s.image = p.image AND s.number = p.number)
  RETURNING 1
), inserted AS (
  INSERT INTO "raw"."note" ("A", "b""c")
  SELECT "A", "b""c" FROM pg_temp."etl_stage" s WHERE s.ctid IN (SELECT s.id FROM staged s
    WHERE NOT EXISTS (SELECT 1 FROM present p WHERE p.image = s.image AND p.number = s.number))
  RETURNING 1
)
SELECT (SELECT count(*) FROM inserted), (SELECT count(*) FROM deleted);
-- compared with the stage
WITH staged AS (SELECT part, id, image, row_number() OVER (PARTITION BY image ORDER BY part, id) AS number FROM (SELECT r.tableoid AS part, r.ctid AS id, sha256(convert_to(ROW(r."A", r."b""c")::text, 'UTF8')) AS image FROM pg_temp."etl_stage" r) i), present AS (SELECT part, id, image, row_number() OVER (PARTITION BY image ORDER BY part, id) AS number FROM (SELECT r.tableoid AS part, r.ctid AS id, sha256(convert_to(ROW(r."A", r."b""c")::text, 'UTF8')) AS image FROM "raw"."note" r) i)
SELECT count(*) FILTER (WHERE s.number IS NOT NULL AND p.number IS NOT NULL),
  count(*) FILTER (WHERE p.number IS NULL), count(*) FILTER (WHERE s.number IS NULL)
FROM staged s FULL JOIN present p ON p.image = s.image AND p.number = s.number;

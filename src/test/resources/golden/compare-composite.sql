-- count
SELECT count(*) FROM "raw"."odd""name" t;
-- rows in key order
COPY (SELECT "v", "a", "b" FROM "raw"."odd""name" t ORDER BY "a", "b") TO STDOUT;
-- staged rows that differ
SELECT s.ctid::text, t.ctid IS NULL FROM pg_temp."etl_stage" s LEFT JOIN "raw"."odd""name" t ON t."a" = s."a" AND t."b" = s."b" WHERE t.ctid IS NULL OR ROW(s."v", s."a", s."b")::record *<> ROW(t."v", t."a", t."b")::record;
-- keys that only the target has
CREATE TEMPORARY TABLE "etl_keys" ON COMMIT DROP AS SELECT "a", "b" FROM "raw"."odd""name" WITH NO DATA;
INSERT INTO pg_temp."etl_keys" SELECT "a", "b" FROM pg_temp."etl_stage";
SELECT t."a"::text, t."b"::text FROM "raw"."odd""name" t WHERE NOT EXISTS (SELECT 1 FROM pg_temp."etl_keys" s WHERE t."a" = s."a" AND t."b" = s."b");
-- some keys
SELECT t."a"::text, t."b"::text FROM "raw"."odd""name" t WHERE ("a", "b") IN ((?, ?));
SELECT t."a"::text, t."b"::text FROM "raw"."odd""name" t WHERE ("a", "b") IN ((?, ?), (?, ?));
-- deleted or marked
DELETE FROM "raw"."odd""name" t WHERE ("a", "b") IN ((?, ?), (?, ?));

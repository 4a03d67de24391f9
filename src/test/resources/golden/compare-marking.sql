-- count
SELECT count(*) FROM "raw"."link" t WHERE t."_deleted_at" IS NULL;
-- rows in key order
COPY (SELECT "a", "Fee""" FROM "raw"."link" t WHERE t."_deleted_at" IS NULL ORDER BY "a") TO STDOUT;
-- staged rows that differ
SELECT s.ctid::text, t.ctid IS NULL FROM pg_temp."etl_stage" s LEFT JOIN "raw"."link" t ON t."a" = s."a" AND t."_deleted_at" IS NULL WHERE t.ctid IS NULL OR ROW(s."a", s."Fee""")::record *<> ROW(t."a", t."Fee""")::record;
-- keys that only the target has
CREATE TEMPORARY TABLE "etl_keys" ON COMMIT DROP AS SELECT "a" FROM "raw"."link" WITH NO DATA;
INSERT INTO pg_temp."etl_keys" SELECT "a" FROM pg_temp."etl_stage";
SELECT t."a"::text FROM "raw"."link" t WHERE NOT EXISTS (SELECT 1 FROM pg_temp."etl_keys" s WHERE t."a" = s."a") AND t."_deleted_at" IS NULL;
-- some keys
SELECT t."a"::text FROM "raw"."link" t WHERE ("a") IN ((?)) AND t."_deleted_at" IS NULL;
SELECT t."a"::text FROM "raw"."link" t WHERE ("a") IN ((?), (?)) AND t."_deleted_at" IS NULL;
-- deleted or marked
UPDATE "raw"."link" t SET "_deleted_at" = now() WHERE ("a") IN ((?), (?)) AND t."_deleted_at" IS NULL;
-- count up to a key
SELECT count(*) FROM "raw"."link" t WHERE "a" <= ? AND t."_deleted_at" IS NULL;

-- deleted, with the keys for the feed
WITH deleted AS (DELETE FROM "raw"."odd""name's" t WHERE ("a""'", "b") IN ((?, ?), (?, ?)) RETURNING jsonb_build_object('a"''', t."a""'"::text, 'b', t."b"::text) AS key) INSERT INTO "raw"."etl_deleted_row" (table_name, key, deleted_at, load_id) SELECT 'odd"name''s', key, (SELECT CASE WHEN current_setting('postgres_loader.stamp', true) > '' THEN current_setting('postgres_loader.stamp') ELSE current_setting('postgres_loader.no_stamp_was_taken') END::timestamptz), ? FROM deleted;
-- marked
UPDATE "raw"."link" t SET "_deleted_at" = now(), "at""" = (SELECT CASE WHEN current_setting('postgres_loader.stamp', true) > '' THEN current_setting('postgres_loader.stamp') ELSE current_setting('postgres_loader.no_stamp_was_taken') END::timestamptz) WHERE ("a") IN ((?)) AND t."_deleted_at" IS NULL;
-- a table without a key
WITH staged AS (SELECT part, id, image, row_number() OVER (PARTITION BY image ORDER BY part, id) AS number FROM (SELECT r.tableoid AS part, r.ctid AS id, sha256(convert_to(ROW(r."A")::text, 'UTF8')) AS image FROM pg_temp."etl_stage" r) i), present AS (SELECT part, id, image, row_number() OVER (PARTITION BY image ORDER BY part, id) AS number FROM (SELECT r.tableoid AS part, r.ctid AS id, sha256(convert_to(ROW(r."A")::text, 'UTF8')) AS image FROM "raw"."note" r) i), deleted AS (
  DELETE FROM "raw"."note" t USING present p WHERE t.tableoid = p.part AND t.ctid = p.id
    AND NOT EXISTS (SELECT 1 FROM staged s WHERE s.image = p.image AND s.number = p.number)
  RETURNING 1
), inserted AS (
  INSERT INTO "raw"."note" ("A", "at""")
  SELECT "A", (SELECT CASE WHEN current_setting('postgres_loader.stamp', true) > '' THEN current_setting('postgres_loader.stamp') ELSE current_setting('postgres_loader.no_stamp_was_taken') END::timestamptz) FROM pg_temp."etl_stage" s WHERE s.ctid IN (SELECT s.id FROM staged s
    WHERE NOT EXISTS (SELECT 1 FROM present p WHERE p.image = s.image AND p.number = s.number))
  RETURNING 1
)
SELECT (SELECT count(*) FROM inserted), (SELECT count(*) FROM deleted);

SELECT EXISTS (SELECT 1 FROM pg_trigger WHERE tgrelid = to_regclass(?)) OR EXISTS (SELECT 1 FROM pg_attribute WHERE attrelid = to_regclass(?) AND attidentity = 'a');
DELETE FROM pg_temp."etl_stage" WHERE ctid::text = ANY (?);
CREATE TEMPORARY TABLE "etl_before" ON COMMIT DROP AS SELECT t.* FROM "raw"."odd""name" t JOIN pg_temp."etl_stage" s ON t."a" = s."a" AND t."b""; --" = s."b""; --";
DELETE FROM "raw"."odd""name" t USING pg_temp."etl_before" s WHERE t."a" = s."a" AND t."b""; --" = s."b""; --";
SELECT attname FROM pg_attribute WHERE attrelid = to_regclass(?) AND attnum > 0 AND NOT attisdropped AND attgenerated = '' AND attidentity <> 'a' AND attname <> ALL (?) ORDER BY attnum;
UPDATE "raw"."odd""name" t SET "mine" = s."mine", "Fee""" = s."Fee""" FROM pg_temp."etl_before" s WHERE t."a" = s."a" AND t."b""; --" = s."b""; --";
DROP TABLE pg_temp."etl_before";

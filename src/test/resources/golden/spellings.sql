SELECT s.place::text, t."a"::text, t."b"::text FROM (
  SELECT s.ctid AS place, s."a", s."b",
    row_number() OVER (PARTITION BY s."a", s."b" ORDER BY s.ctid) AS number
  FROM pg_temp."etl_stage" s
) s LEFT JOIN "raw"."t" t ON t."a" OPERATOR(public.=) s."a" AND t."b" = s."b"
WHERE t.ctid IS NULL AND s.number > 1
  OR t.ctid IS NOT NULL AND ROW(s."a", s."b")::record *<> ROW(t."a", t."b")::record;

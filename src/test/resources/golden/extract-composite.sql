-- count
SELECT COUNT(*) FROM `odd``name` WHERE ((`SecDateTEdit` >= ? AND `SecDateTEdit` < ?));
--   parameters: [LocalDateTime 2026-11-23T09:55, LocalDateTime 2031-01-01T00:00]
-- count behind a bookmark
SELECT COUNT(*) FROM `odd``name` WHERE ((`SecDateTEdit` >= ? AND `SecDateTEdit` < ?)) AND (`a` > ? OR (`a` = ? AND `b` > ?) OR (`a` = ? AND `b` = ? AND `c` > ?));
--   parameters: [LocalDateTime 2026-11-23T09:55, LocalDateTime 2031-01-01T00:00, BigInteger 1, BigInteger 1, String x, BigInteger 1, String x, String 2020-01-01]
-- count again, without later keys
SELECT COUNT(*) FROM `odd``name` WHERE ((`SecDateTEdit` >= ? AND `SecDateTEdit` < ?)) AND `a` <= ?;
--   parameters: [LocalDateTime 2026-11-23T09:55, LocalDateTime 2031-01-01T00:00, BigInteger 900]
-- first page
SELECT `a`, `b`, `c` FROM `odd``name` WHERE ((`SecDateTEdit` >= ? AND `SecDateTEdit` < ?)) ORDER BY `a`, `b`, `c` LIMIT 200000;
--   parameters: [LocalDateTime 2026-11-23T09:55, LocalDateTime 2031-01-01T00:00]
-- page behind a key
SELECT `a`, `b`, `c` FROM `odd``name` WHERE ((`SecDateTEdit` >= ? AND `SecDateTEdit` < ?)) AND (`a` > ? OR (`a` = ? AND `b` > ?) OR (`a` = ? AND `b` = ? AND `c` > ?)) ORDER BY `a`, `b`, `c` LIMIT 200000;
--   parameters: [LocalDateTime 2026-11-23T09:55, LocalDateTime 2031-01-01T00:00, BigInteger 1, BigInteger 1, String x, BigInteger 1, String x, String 2020-01-01]
-- page of a selection that is known to be small
SELECT `a`, `b`, `c` FROM `odd``name` WHERE ((`SecDateTEdit` >= ? AND `SecDateTEdit` < ?)) ORDER BY `a`, `b`, `c`;
--   parameters: [LocalDateTime 2026-11-23T09:55, LocalDateTime 2031-01-01T00:00]

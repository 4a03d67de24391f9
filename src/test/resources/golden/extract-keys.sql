-- count
SELECT COUNT(*) FROM `odd``name` WHERE ((`a` = ? AND `b` = ? AND `c` = ?) OR (`a` = ? AND `b` = ? AND `c` = ?));
--   parameters: [Integer 1, String x, String 2020-01-01, Integer 2, String y, String 2020-01-02]
-- count behind a bookmark
SELECT COUNT(*) FROM `odd``name` WHERE ((`a` = ? AND `b` = ? AND `c` = ?) OR (`a` = ? AND `b` = ? AND `c` = ?)) AND (`a` > ? OR (`a` = ? AND `b` > ?) OR (`a` = ? AND `b` = ? AND `c` > ?));
--   parameters: [Integer 1, String x, String 2020-01-01, Integer 2, String y, String 2020-01-02, BigInteger 1, BigInteger 1, String x, BigInteger 1, String x, String 2020-01-01]
-- count again, without later keys
SELECT COUNT(*) FROM `odd``name` WHERE ((`a` = ? AND `b` = ? AND `c` = ?) OR (`a` = ? AND `b` = ? AND `c` = ?)) AND `a` <= ?;
--   parameters: [Integer 1, String x, String 2020-01-01, Integer 2, String y, String 2020-01-02, BigInteger 900]
-- first page
SELECT `a`, `b`, `c` FROM `odd``name` WHERE ((`a` = ? AND `b` = ? AND `c` = ?) OR (`a` = ? AND `b` = ? AND `c` = ?)) ORDER BY `a`, `b`, `c` LIMIT 200000;
--   parameters: [Integer 1, String x, String 2020-01-01, Integer 2, String y, String 2020-01-02]
-- page behind a key
SELECT `a`, `b`, `c` FROM `odd``name` WHERE ((`a` = ? AND `b` = ? AND `c` = ?) OR (`a` = ? AND `b` = ? AND `c` = ?)) AND (`a` > ? OR (`a` = ? AND `b` > ?) OR (`a` = ? AND `b` = ? AND `c` > ?)) ORDER BY `a`, `b`, `c` LIMIT 200000;
--   parameters: [Integer 1, String x, String 2020-01-01, Integer 2, String y, String 2020-01-02, BigInteger 1, BigInteger 1, String x, BigInteger 1, String x, String 2020-01-01]
-- page of a selection that is known to be small
SELECT `a`, `b`, `c` FROM `odd``name` WHERE ((`a` = ? AND `b` = ? AND `c` = ?) OR (`a` = ? AND `b` = ? AND `c` = ?)) ORDER BY `a`, `b`, `c`;
--   parameters: [Integer 1, String x, String 2020-01-01, Integer 2, String y, String 2020-01-02]

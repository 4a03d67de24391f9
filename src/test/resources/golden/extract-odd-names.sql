-- count
SELECT COUNT(*) FROM `a WHERE ``b```;
--   parameters: []
-- count behind a bookmark
SELECT COUNT(*) FROM `a WHERE ``b``` WHERE (`k ?` > ?);
--   parameters: [BigInteger 10]
-- count again, without later keys
SELECT COUNT(*) FROM `a WHERE ``b``` WHERE `k ?` <= ?;
--   parameters: [BigInteger 900]
-- first page
SELECT `k ?` FROM `a WHERE ``b``` ORDER BY `k ?` LIMIT 200000;
--   parameters: []
-- page behind a key
SELECT `k ?` FROM `a WHERE ``b``` WHERE (`k ?` > ?) ORDER BY `k ?` LIMIT 200000;
--   parameters: [BigInteger 10]
-- page of a selection that is known to be small
SELECT `k ?` FROM `a WHERE ``b``` ORDER BY `k ?`;
--   parameters: []

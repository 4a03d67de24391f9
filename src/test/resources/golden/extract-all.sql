-- count
SELECT COUNT(*) FROM `adjustment`;
--   parameters: []
-- count behind a bookmark
SELECT COUNT(*) FROM `adjustment` WHERE (`AdjNum` > ?);
--   parameters: [BigInteger 10]
-- count again, without later keys
SELECT COUNT(*) FROM `adjustment` WHERE `AdjNum` <= ?;
--   parameters: [BigInteger 900]
-- first page
SELECT `AdjNum`, `Amt` - 0e0 FROM `adjustment` ORDER BY `AdjNum` LIMIT 200000;
--   parameters: []
-- page behind a key
SELECT `AdjNum`, `Amt` - 0e0 FROM `adjustment` WHERE (`AdjNum` > ?) ORDER BY `AdjNum` LIMIT 200000;
--   parameters: [BigInteger 10]
-- page of a selection that is known to be small
SELECT `AdjNum`, `Amt` - 0e0 FROM `adjustment` ORDER BY `AdjNum`;
--   parameters: []

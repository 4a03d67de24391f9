-- runs of neighbours
(SELECT 0, `AdjNum`, CAST(`SecDateTEdit` AS CHAR), CAST(`Odd``Date` AS CHAR) FROM `odd``name` WHERE `AdjNum` >= ? ORDER BY `AdjNum` LIMIT 100) UNION ALL (SELECT 1, `AdjNum`, CAST(`SecDateTEdit` AS CHAR), CAST(`Odd``Date` AS CHAR) FROM `odd``name` WHERE `AdjNum` >= ? ORDER BY `AdjNum` LIMIT 100);
--   parameters: [BigInteger 1, BigInteger 50]
-- the first rows by key
SELECT 0, `AdjNum`, CAST(`SecDateTEdit` AS CHAR), CAST(`Odd``Date` AS CHAR) FROM `odd``name` ORDER BY `AdjNum` LIMIT 2000;
--   parameters: []
-- every row, in any order
SELECT 0, NULL, CAST(`SecDateTEdit` AS CHAR), CAST(`Odd``Date` AS CHAR) FROM `odd``name`;
--   parameters: []

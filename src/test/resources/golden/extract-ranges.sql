-- the end of the first range
SELECT `Id` FROM `odd``name` ORDER BY `Id` LIMIT 1 OFFSET 499999;
--   parameters: []
-- the end of another range
SELECT `Id` FROM `odd``name` WHERE (`Id` > ?) ORDER BY `Id` LIMIT 1 OFFSET 499999;
--   parameters: [BigInteger 10]
-- all rows
SELECT `Id`, `Amt` - 0e0 FROM `odd``name` USE INDEX ();
--   parameters: []
-- the first range
SELECT `Id`, `Amt` - 0e0 FROM `odd``name` USE INDEX () WHERE `Id` <= ?;
--   parameters: [BigInteger 1099511627776]
-- another range
SELECT `Id`, `Amt` - 0e0 FROM `odd``name` USE INDEX () WHERE (`Id` > ?) AND `Id` <= ?;
--   parameters: [BigInteger 10, BigInteger 1099511627776]
-- the last range
SELECT `Id`, `Amt` - 0e0 FROM `odd``name` USE INDEX () WHERE (`Id` > ?);
--   parameters: [BigInteger 10]

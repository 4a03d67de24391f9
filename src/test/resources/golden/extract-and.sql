-- count
SELECT COUNT(*) FROM `adjustment` WHERE (((`SecDateTEdit` >= ? AND `SecDateTEdit` < ?) AND (`Proc``Date` >= ? AND `Proc``Date` < ?) AND (`AdjDate` >= ? AND `AdjDate` < ?)) OR `AdjNum` > ?);
--   parameters: [LocalDateTime 2026-11-23T09:55, LocalDateTime 2031-01-01T00:00, LocalDateTime 2026-11-23T02:55, LocalDateTime 2031-01-01T00:00, LocalDate 2026-11-22, LocalDate 2031-01-01, BigInteger 700]
-- count behind a bookmark
SELECT COUNT(*) FROM `adjustment` WHERE (((`SecDateTEdit` >= ? AND `SecDateTEdit` < ?) AND (`Proc``Date` >= ? AND `Proc``Date` < ?) AND (`AdjDate` >= ? AND `AdjDate` < ?)) OR `AdjNum` > ?) AND (`AdjNum` > ?);
--   parameters: [LocalDateTime 2026-11-23T09:55, LocalDateTime 2031-01-01T00:00, LocalDateTime 2026-11-23T02:55, LocalDateTime 2031-01-01T00:00, LocalDate 2026-11-22, LocalDate 2031-01-01, BigInteger 700, BigInteger 10]
-- count again, without later keys
SELECT COUNT(*) FROM `adjustment` WHERE (((`SecDateTEdit` >= ? AND `SecDateTEdit` < ?) AND (`Proc``Date` >= ? AND `Proc``Date` < ?) AND (`AdjDate` >= ? AND `AdjDate` < ?)) OR `AdjNum` > ?) AND `AdjNum` <= ?;
--   parameters: [LocalDateTime 2026-11-23T09:55, LocalDateTime 2031-01-01T00:00, LocalDateTime 2026-11-23T02:55, LocalDateTime 2031-01-01T00:00, LocalDate 2026-11-22, LocalDate 2031-01-01, BigInteger 700, BigInteger 900]
-- first page
SELECT `AdjNum`, `Amt` - 0e0 FROM `adjustment` WHERE (((`SecDateTEdit` >= ? AND `SecDateTEdit` < ?) AND (`Proc``Date` >= ? AND `Proc``Date` < ?) AND (`AdjDate` >= ? AND `AdjDate` < ?)) OR `AdjNum` > ?) ORDER BY `AdjNum` LIMIT 200000;
--   parameters: [LocalDateTime 2026-11-23T09:55, LocalDateTime 2031-01-01T00:00, LocalDateTime 2026-11-23T02:55, LocalDateTime 2031-01-01T00:00, LocalDate 2026-11-22, LocalDate 2031-01-01, BigInteger 700]
-- page behind a key
SELECT `AdjNum`, `Amt` - 0e0 FROM `adjustment` WHERE (((`SecDateTEdit` >= ? AND `SecDateTEdit` < ?) AND (`Proc``Date` >= ? AND `Proc``Date` < ?) AND (`AdjDate` >= ? AND `AdjDate` < ?)) OR `AdjNum` > ?) AND (`AdjNum` > ?) ORDER BY `AdjNum` LIMIT 200000;
--   parameters: [LocalDateTime 2026-11-23T09:55, LocalDateTime 2031-01-01T00:00, LocalDateTime 2026-11-23T02:55, LocalDateTime 2031-01-01T00:00, LocalDate 2026-11-22, LocalDate 2031-01-01, BigInteger 700, BigInteger 10]
-- page of a selection that is known to be small
SELECT `AdjNum`, `Amt` - 0e0 FROM `adjustment` WHERE (((`SecDateTEdit` >= ? AND `SecDateTEdit` < ?) AND (`Proc``Date` >= ? AND `Proc``Date` < ?) AND (`AdjDate` >= ? AND `AdjDate` < ?)) OR `AdjNum` > ?) ORDER BY `AdjNum`;
--   parameters: [LocalDateTime 2026-11-23T09:55, LocalDateTime 2031-01-01T00:00, LocalDateTime 2026-11-23T02:55, LocalDateTime 2031-01-01T00:00, LocalDate 2026-11-22, LocalDate 2031-01-01, BigInteger 700]

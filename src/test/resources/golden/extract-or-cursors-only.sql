-- count
SELECT COUNT(*) FROM `adjustment` WHERE ((`SecDateTEdit` >= ? AND `SecDateTEdit` < ?) OR (`Proc``Date` >= ? AND `Proc``Date` < ?) OR (`AdjDate` >= ? AND `AdjDate` < ?));
--   parameters: [LocalDateTime 2026-11-23T09:55, LocalDateTime 2031-01-01T00:00, LocalDateTime 2026-11-23T02:55, LocalDateTime 2031-01-01T00:00, LocalDate 2026-11-22, LocalDate 2031-01-01]
-- count behind a bookmark
SELECT COUNT(*) FROM `adjustment` WHERE ((`SecDateTEdit` >= ? AND `SecDateTEdit` < ?) OR (`Proc``Date` >= ? AND `Proc``Date` < ?) OR (`AdjDate` >= ? AND `AdjDate` < ?)) AND (`AdjNum` > ?);
--   parameters: [LocalDateTime 2026-11-23T09:55, LocalDateTime 2031-01-01T00:00, LocalDateTime 2026-11-23T02:55, LocalDateTime 2031-01-01T00:00, LocalDate 2026-11-22, LocalDate 2031-01-01, BigInteger 10]
-- count again, without later keys
SELECT COUNT(*) FROM `adjustment` WHERE ((`SecDateTEdit` >= ? AND `SecDateTEdit` < ?) OR (`Proc``Date` >= ? AND `Proc``Date` < ?) OR (`AdjDate` >= ? AND `AdjDate` < ?)) AND `AdjNum` <= ?;
--   parameters: [LocalDateTime 2026-11-23T09:55, LocalDateTime 2031-01-01T00:00, LocalDateTime 2026-11-23T02:55, LocalDateTime 2031-01-01T00:00, LocalDate 2026-11-22, LocalDate 2031-01-01, BigInteger 900]
-- first page
SELECT `AdjNum`, `Amt` - 0e0 FROM `adjustment` WHERE ((`SecDateTEdit` >= ? AND `SecDateTEdit` < ?) OR (`Proc``Date` >= ? AND `Proc``Date` < ?) OR (`AdjDate` >= ? AND `AdjDate` < ?)) ORDER BY `AdjNum` LIMIT 200000;
--   parameters: [LocalDateTime 2026-11-23T09:55, LocalDateTime 2031-01-01T00:00, LocalDateTime 2026-11-23T02:55, LocalDateTime 2031-01-01T00:00, LocalDate 2026-11-22, LocalDate 2031-01-01]
-- page behind a key
SELECT `AdjNum`, `Amt` - 0e0 FROM `adjustment` WHERE ((`SecDateTEdit` >= ? AND `SecDateTEdit` < ?) OR (`Proc``Date` >= ? AND `Proc``Date` < ?) OR (`AdjDate` >= ? AND `AdjDate` < ?)) AND (`AdjNum` > ?) ORDER BY `AdjNum` LIMIT 200000;
--   parameters: [LocalDateTime 2026-11-23T09:55, LocalDateTime 2031-01-01T00:00, LocalDateTime 2026-11-23T02:55, LocalDateTime 2031-01-01T00:00, LocalDate 2026-11-22, LocalDate 2031-01-01, BigInteger 10]
-- page of a selection that is known to be small
SELECT `AdjNum`, `Amt` - 0e0 FROM `adjustment` WHERE ((`SecDateTEdit` >= ? AND `SecDateTEdit` < ?) OR (`Proc``Date` >= ? AND `Proc``Date` < ?) OR (`AdjDate` >= ? AND `AdjDate` < ?)) ORDER BY `AdjNum`;
--   parameters: [LocalDateTime 2026-11-23T09:55, LocalDateTime 2031-01-01T00:00, LocalDateTime 2026-11-23T02:55, LocalDateTime 2031-01-01T00:00, LocalDate 2026-11-22, LocalDate 2031-01-01]

-- A table of OpenDental's shape with a few made-up rows. MyISAM, as there.
CREATE TABLE adjustment (
  AdjNum bigint NOT NULL AUTO_INCREMENT,
  AdjDate date NOT NULL DEFAULT '0001-01-01',
  AdjAmt double NOT NULL DEFAULT 0,
  PatNum bigint NOT NULL,
  AdjType bigint NOT NULL,
  AdjNote text NOT NULL,
  ProcDate date NOT NULL DEFAULT '0001-01-01',
  DateEntry date NOT NULL DEFAULT '0001-01-01',
  SecDateTEdit timestamp NOT NULL DEFAULT current_timestamp() ON UPDATE current_timestamp(),
  PRIMARY KEY (AdjNum),
  KEY (SecDateTEdit)
) ENGINE=MyISAM DEFAULT CHARSET=utf8mb4;

INSERT INTO adjustment (AdjDate, AdjAmt, PatNum, AdjType, AdjNote, ProcDate, DateEntry)
SELECT curdate() - INTERVAL seq DAY, seq * -1.25, 100 + seq % 7, 1 + seq % 3,
       concat('Sample ', seq), if(seq % 10 = 0, '0001-01-01', curdate() - INTERVAL seq DAY), curdate()
FROM seq_1_to_100;

-- What a person here has decided about a contribution, by its item's id over all revisions. The last
-- decision counts; one that was taken back by whoever sent it is nobody's to confirm any more.
CREATE TABLE verdict (
    jurisdiction TEXT    NOT NULL,
    item         TEXT    NOT NULL,
    confirmed    INTEGER NOT NULL,
    at           INTEGER NOT NULL,
    because      TEXT,
    PRIMARY KEY (jurisdiction, item)
) STRICT, WITHOUT ROWID;

-- What a person here has decided about a contribution: the last decision on an item, and the revision
-- that they had before them. A later revision says something else, and nobody has judged that. One that
-- was taken back by whoever sent it is nobody's to confirm any more.
CREATE TABLE verdict (
    jurisdiction TEXT    NOT NULL,
    item         TEXT    NOT NULL,
    rev          INTEGER NOT NULL,
    confirmed    INTEGER NOT NULL,
    at           INTEGER NOT NULL,
    because      TEXT,
    PRIMARY KEY (jurisdiction, item)
) STRICT, WITHOUT ROWID;

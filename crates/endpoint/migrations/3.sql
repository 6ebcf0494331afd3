-- What a telephone number or a withdrawal is about, by the id that its body names.
CREATE TABLE about (
    jurisdiction TEXT    NOT NULL,
    item         TEXT    NOT NULL,
    seq          INTEGER NOT NULL,
    PRIMARY KEY (jurisdiction, item, seq)
) STRICT, WITHOUT ROWID;

INSERT INTO about (jurisdiction, item, seq)
SELECT jurisdiction, json_extract(sealed, '$.body.of'), seq FROM item
 WHERE kind IN ('contact', 'withdraw') AND schema = 1
   AND json_type(sealed, '$.body.of') = 'text';

-- Numbers that are still here, oldest first. An erased one has an empty text; its row, digest and
-- receipt stay, so that it is never stored anew.
CREATE INDEX item_number ON item (jurisdiction, at) WHERE kind = 'contact' AND sealed <> '';

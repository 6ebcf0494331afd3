-- The first form of the database. `jurisdiction` (six digits) leads every key, so that one
-- database for several districts, or one each, stays a matter of setting.
-- Times are milliseconds since 1970-01-01T00:00:00Z.

-- Which life of the database this is; `beat` is what /readyz writes.
CREATE TABLE life (
    one   INTEGER PRIMARY KEY CHECK (one = 1),
    epoch TEXT    NOT NULL,
    beat  INTEGER NOT NULL
) STRICT;

-- A device is known by the digest of a token that only the phone has.
CREATE TABLE device (
    jurisdiction TEXT    NOT NULL,
    device       TEXT    NOT NULL,
    token_sha256 TEXT    NOT NULL,
    enrolled_at  INTEGER NOT NULL,
    PRIMARY KEY (jurisdiction, device),
    UNIQUE (jurisdiction, token_sha256)
) STRICT, WITHOUT ROWID;

-- What was sealed, as it was sealed. `seq` is the place in the feed, given in commit order.
CREATE TABLE item (
    jurisdiction  TEXT    NOT NULL,
    seq           INTEGER NOT NULL,
    id            TEXT    NOT NULL,
    rev           INTEGER NOT NULL,
    sha256        TEXT    NOT NULL,
    sealed        TEXT    NOT NULL,
    device        TEXT    NOT NULL,
    dseq          INTEGER NOT NULL,
    kind          TEXT    NOT NULL,
    schema        INTEGER NOT NULL,
    -- The endpoint's clock; never goes back from one seq to the next.
    at            INTEGER NOT NULL,
    -- The phone's clock at sealing, and the same moment by the endpoint's clock where the phone's
    -- monotonic clock told how long ago it was. That is the latest it can have been: the request
    -- was under way for an unknown time.
    sealed_at     INTEGER NOT NULL,
    corrected_at  INTEGER,
    sent_at       INTEGER,
    sent_mono_ms  INTEGER,
    sent_boot     TEXT,
    -- Why it waits (`unknown_kind`, `other_device`), and `dseq_taken` for a cloned storage.
    held          TEXT,
    note          TEXT,
    -- The leaf of the taxonomy, and whether this endpoint's pack lacks it.
    issue         TEXT,
    issue_unknown INTEGER NOT NULL,
    PRIMARY KEY (jurisdiction, seq)
) STRICT;

-- The idempotency key, kept for ever: one row for each revision, whatever is sent, by whom and
-- how often.
CREATE UNIQUE INDEX item_key ON item (jurisdiction, id, rev);

-- Not unique: numbers of a device are audited and never a gate.
CREATE INDEX item_dseq ON item (jurisdiction, device, dseq);

-- Receipts are made once for each epoch and sent again as the same text.
CREATE TABLE receipt (
    jurisdiction TEXT    NOT NULL,
    seq          INTEGER NOT NULL,
    epoch        TEXT    NOT NULL,
    text         TEXT    NOT NULL,
    signature    TEXT    NOT NULL,
    PRIMARY KEY (jurisdiction, seq, epoch)
) STRICT, WITHOUT ROWID;

-- Numbers of cases; `item` is the id over all its revisions.
CREATE TABLE case_number (
    jurisdiction TEXT NOT NULL,
    case_no      TEXT NOT NULL,
    item         TEXT NOT NULL,
    PRIMARY KEY (jurisdiction, case_no),
    UNIQUE (jurisdiction, item)
) STRICT, WITHOUT ROWID;

-- The manifest of each item: which photos and voice notes belong to it.
CREATE TABLE manifest (
    jurisdiction TEXT    NOT NULL,
    sha256       TEXT    NOT NULL,
    seq          INTEGER NOT NULL,
    len          INTEGER NOT NULL,
    PRIMARY KEY (jurisdiction, sha256, seq)
) STRICT, WITHOUT ROWID;

-- Who has sent which item: its own device, or another that rescued it.
CREATE TABLE carried (
    jurisdiction TEXT    NOT NULL,
    seq          INTEGER NOT NULL,
    device       TEXT    NOT NULL,
    PRIMARY KEY (jurisdiction, seq, device)
) STRICT, WITHOUT ROWID;

-- Files that are whole and on the disk. A file without a row is not held; a row without its file
-- is taken out at the next start, and the phone is asked for it again.
CREATE TABLE blob (
    jurisdiction TEXT    NOT NULL,
    sha256       TEXT    NOT NULL,
    len          INTEGER NOT NULL,
    stored_at    INTEGER NOT NULL,
    PRIMARY KEY (jurisdiction, sha256)
) STRICT, WITHOUT ROWID;

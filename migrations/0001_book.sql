-- The index of a book. Derived from the TOML files; safe to delete.
-- Decimals are text exactly as written, dates are ISO 8601 text.

CREATE TABLE meta (
    key   TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Files of the book as last read.
CREATE TABLE file (
    file_id    INTEGER PRIMARY KEY,
    path       TEXT    NOT NULL UNIQUE,          -- relative to the book, with /
    kind       TEXT    NOT NULL CHECK (kind = 'settings' OR kind = 'promises' OR kind = 'progress'),
    size       INTEGER NOT NULL,                 -- bytes
    mtime_ns   INTEGER NOT NULL,
    inode      INTEGER NOT NULL,
    read_at_ns INTEGER NOT NULL,                 -- when its bytes were read
    content_hash TEXT  NOT NULL,                 -- XXH3 of its bytes, 128 bits
    entries    INTEGER NOT NULL DEFAULT 0,       -- [[commitment]] tables seen, readable or not
    text       TEXT                              -- of the settings file only
) STRICT;

-- What is wrong with a file; such a file gives no rows below.
CREATE TABLE finding (
    file_id  INTEGER NOT NULL REFERENCES file ON DELETE CASCADE,
    position INTEGER NOT NULL,
    rule     TEXT    NOT NULL,
    level    TEXT    NOT NULL CHECK (level = 'error' OR level = 'warning'),
    line     INTEGER NOT NULL,                   -- 0: the file as a whole
    "column" INTEGER NOT NULL,
    width    INTEGER NOT NULL,
    excerpt  TEXT    NOT NULL,
    message  TEXT    NOT NULL,
    help     TEXT,
    related  TEXT    NOT NULL,                   -- JSON list of further places
    PRIMARY KEY (file_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE organisation (
    organisation_id INTEGER PRIMARY KEY,
    file_id         INTEGER NOT NULL UNIQUE REFERENCES file,
    id              TEXT    NOT NULL,            -- the file's stem: tencent
    line            INTEGER NOT NULL,
    name            TEXT    NOT NULL,
    kind            TEXT,
    country         TEXT,
    lei             TEXT,
    sector          TEXT,
    url             TEXT,
    fiscal_year_ends     TEXT,
    fiscal_year_named_by TEXT,
    note            TEXT
) STRICT;

CREATE TABLE statement (
    organisation_id INTEGER NOT NULL REFERENCES organisation ON DELETE CASCADE,
    position    INTEGER NOT NULL,
    id          TEXT NOT NULL,
    line        INTEGER NOT NULL,
    date        TEXT,
    speaker     TEXT,
    role        TEXT,
    event       TEXT,
    title       TEXT,
    url         TEXT,
    archive_url TEXT,
    file        TEXT,
    sha256      TEXT,
    language    TEXT,
    note        TEXT,
    PRIMARY KEY (organisation_id, position)
) STRICT, WITHOUT ROWID;

-- Metrics that have a [[metric]] table; a commitment's own stand with it.
CREATE TABLE metric (
    organisation_id INTEGER NOT NULL REFERENCES organisation ON DELETE CASCADE,
    position  INTEGER NOT NULL,
    id        TEXT NOT NULL,
    line      INTEGER NOT NULL,
    name      TEXT,
    unit      TEXT,
    aggregate TEXT NOT NULL,
    measures  TEXT,
    note      TEXT,
    PRIMARY KEY (organisation_id, position)
) STRICT, WITHOUT ROWID;

-- Promises as first made; `term` has the terms as they changed.
CREATE TABLE "commitment" (
    organisation_id INTEGER NOT NULL REFERENCES organisation ON DELETE CASCADE,
    position   INTEGER NOT NULL,
    id         TEXT NOT NULL,
    line       INTEGER NOT NULL,
    title      TEXT NOT NULL,
    statements TEXT NOT NULL,                    -- JSON list of ids
    said       TEXT,                             -- last day of its earliest dated statement
    quote      TEXT,
    summary    TEXT,
    topic      TEXT NOT NULL,
    metric     TEXT NOT NULL,                    -- its own id where it has a metric of its own
    own_metric INTEGER NOT NULL,                 -- 1: it has
    unit       TEXT,                             -- of the metric
    aggregate  TEXT NOT NULL,                    -- of the metric
    measures   TEXT,                             -- of the metric
    context    TEXT NOT NULL,                    -- JSON list of metric ids
    formerly   TEXT NOT NULL,                    -- JSON list of ids
    scope_2_method TEXT,
    coverage   TEXT,
    owner      TEXT,
    tags       TEXT NOT NULL,                    -- JSON list
    strength   TEXT,
    path       TEXT NOT NULL,
    report_every TEXT,
    draft      INTEGER NOT NULL,
    note       TEXT,
    PRIMARY KEY (organisation_id, position)
) STRICT, WITHOUT ROWID;

-- Promises that had another id once, which may still be typed.
CREATE INDEX renamed ON "commitment" (organisation_id) WHERE formerly <> '[]';

CREATE TABLE amendment (
    organisation_id     INTEGER NOT NULL REFERENCES organisation ON DELETE CASCADE,
    commitment_position INTEGER NOT NULL,
    position      INTEGER NOT NULL,
    line          INTEGER NOT NULL,
    date          TEXT NOT NULL,
    effective     TEXT NOT NULL,                 -- last day of the date
    late          INTEGER NOT NULL,              -- 1: after the deadline then in force, without effect
    changes       TEXT NOT NULL,                 -- JSON list of the terms it names
    withdrawn     INTEGER,
    superseded_by TEXT NOT NULL,                 -- JSON list of ids
    reason        TEXT,
    url           TEXT,
    title         TEXT,
    speaker       TEXT,
    note          TEXT,
    PRIMARY KEY (organisation_id, commitment_position, position)
) STRICT, WITHOUT ROWID;

-- The terms of a promise from a day on: position 0 as first promised, then one
-- row for each amendment that had an effect.
CREATE TABLE term (
    organisation_id     INTEGER NOT NULL REFERENCES organisation ON DELETE CASCADE,
    commitment_position INTEGER NOT NULL,
    position        INTEGER NOT NULL,
    effective       TEXT,                        -- first day in force; NULL: from the start
    target_form     TEXT NOT NULL,
    target          TEXT,                        -- number as written; NULL for done
    aim             TEXT,
    deadline        TEXT NOT NULL,               -- as written
    deadline_day    TEXT,                        -- last day in time; NULL: none
    baseline_period TEXT,
    baseline_value  TEXT,
    milestones      TEXT NOT NULL,               -- JSON list
    scopes          TEXT NOT NULL,               -- JSON list
    offsets_allowed TEXT NOT NULL,
    offsets_max_percent TEXT,
    withdrawn       INTEGER NOT NULL,
    superseded_by   TEXT NOT NULL,               -- JSON list of ids
    PRIMARY KEY (organisation_id, commitment_position, position)
) STRICT, WITHOUT ROWID;

-- What a progress file says: one row, for there are more entries than of all
-- else. `figures` below has a row for each of them.
-- An entry is a list, short where its last places are empty: [line, metric,
-- period, value as written, recorded, reported, place in `sources`, rest]. The
-- metric is the id of a metric, or of a commitment with one of its own. The rest
-- is an object of what is seldom said: first_day and last_day (of periods other
-- than calendar years), by_commitment (written with `commitment = …`), unit (as
-- written, where it is not the metric's), amount (in the metric's unit, where
-- that is not `value`), bound, gross, offsets, done, no_disclosure, restates,
-- break, confidence, assurance, note, author, superseded (another edition of
-- the same period counts).
CREATE TABLE progress (
    organisation_id INTEGER PRIMARY KEY REFERENCES organisation ON DELETE CASCADE,
    entries  INTEGER NOT NULL,                   -- how many
    figures  TEXT    NOT NULL,                   -- JSON list
    sources  TEXT    NOT NULL                    -- JSON list of objects: title, url, copy_url, page, note
) STRICT;

-- What assessment needs of one organisation, in one row to be read in one pass.
CREATE TABLE pack (
    organisation_id INTEGER PRIMARY KEY REFERENCES organisation ON DELETE CASCADE,
    path       TEXT NOT NULL,
    checksum   INTEGER NOT NULL,
    promises   BLOB NOT NULL,
    figures    BLOB NOT NULL,
    provenance BLOB NOT NULL
) STRICT;

-- The judgements of one organisation as made last, and the days for which they
-- hold: made again at any time from its pack, and gone with it.
CREATE TABLE register (
    organisation_id INTEGER PRIMARY KEY REFERENCES pack ON DELETE CASCADE,
    settings INTEGER NOT NULL,                   -- hash of the settings judged by
    checksum INTEGER NOT NULL,
    head     BLOB    NOT NULL                    -- whose, and for which days
) STRICT;

-- What tables and their order need of each promise, what the gate asks, and the
-- rest of what is shown; each apart, since nothing but JSON needs all.
CREATE TABLE keys (
    organisation_id INTEGER PRIMARY KEY REFERENCES register ON DELETE CASCADE,
    checksum INTEGER NOT NULL,
    bytes    BLOB    NOT NULL
) STRICT;

CREATE TABLE brief (
    organisation_id INTEGER PRIMARY KEY REFERENCES register ON DELETE CASCADE,
    checksum INTEGER NOT NULL,
    bytes    BLOB    NOT NULL
) STRICT;

CREATE TABLE rest (
    organisation_id INTEGER PRIMARY KEY REFERENCES register ON DELETE CASCADE,
    checksum INTEGER NOT NULL,
    bytes    BLOB    NOT NULL
) STRICT;

CREATE TRIGGER pack_changed AFTER UPDATE ON pack BEGIN
    DELETE FROM keys WHERE organisation_id = old.organisation_id;
    DELETE FROM brief WHERE organisation_id = old.organisation_id;
    DELETE FROM rest WHERE organisation_id = old.organisation_id;
    DELETE FROM register WHERE organisation_id = old.organisation_id;
END;

-- One row per promise with the terms in force today.
CREATE VIEW commitments AS
SELECT o.id || '/' || c.id          AS id,
       o.name                       AS organisation,
       c.title                      AS title,
       c.topic                      AS topic,
       c.said                       AS said,
       CASE WHEN t.withdrawn THEN 'withdrawn' WHEN t.superseded_by <> '[]' THEN 'superseded' ELSE 'standing' END AS standing,
       t.target_form                AS target_form,
       t.target                     AS target,
       c.unit                       AS unit,
       t.deadline_day               AS deadline,
       t.baseline_period            AS baseline_period,
       t.baseline_value             AS baseline_value,
       t.milestones                 AS milestones,
       t.scopes                     AS scopes,
       t.offsets_allowed            AS offsets_allowed,
       t.offsets_max_percent        AS offsets_max_percent,
       t.effective                  AS terms_since,
       c.metric                     AS metric,
       c.summary                    AS summary,
       c.quote                      AS quote,
       s.speaker                    AS speaker,
       s.title                      AS source_title,
       s.url                        AS source_url,
       f.path                       AS file,
       c.line                       AS line
FROM "commitment" c
JOIN organisation o USING (organisation_id)
JOIN file f ON f.file_id = o.file_id
JOIN term t ON t.organisation_id = c.organisation_id AND t.commitment_position = c.position
     AND t.position = (SELECT max(l.position) FROM term l
                       WHERE l.organisation_id = c.organisation_id AND l.commitment_position = c.position
                         AND (l.effective IS NULL OR l.effective <= date('now')))
LEFT JOIN statement s ON s.organisation_id = c.organisation_id AND s.id = json_extract(c.statements, '$[0]');

-- What figures are of: metrics of their own, and those of a commitment.
CREATE VIEW series AS
SELECT organisation_id, id, name, unit FROM metric
UNION ALL
SELECT organisation_id, id, title, unit FROM "commitment" WHERE own_metric = 1;

-- One row per figure with its source; `newest` marks the edition that counts.
CREATE VIEW figures AS
SELECT o.id                         AS organisation_id,
       o.name                       AS organisation,
       e.value ->> 1                AS metric,
       (SELECT s.name FROM series s WHERE s.organisation_id = p.organisation_id AND s.id = e.value ->> 1)
                                    AS measures,
       e.value ->> 2                AS period,
       coalesce(e.value ->> '$[7].last_day', (e.value ->> 2) || '-12-31') AS last_day,
       e.value ->> 3                AS value,
       coalesce(e.value ->> '$[7].unit',
                (SELECT s.unit FROM series s WHERE s.organisation_id = p.organisation_id AND s.id = e.value ->> 1))
                                    AS unit,
       coalesce(e.value ->> '$[7].amount', e.value ->> 3) AS amount,
       (SELECT s.unit FROM series s WHERE s.organisation_id = p.organisation_id AND s.id = e.value ->> 1)
                                    AS amount_unit,
       e.value ->> '$[7].bound'     AS bound,
       e.value ->> '$[7].done'      AS done,
       coalesce(e.value ->> '$[7].no_disclosure', 0) AS no_disclosure,
       e.value ->> 5                AS reported,
       e.value ->> 4                AS recorded,
       coalesce(e.value ->> '$[7].restates', 0) AS restates,
       e.value ->> '$[7].superseded' IS NULL AS newest,
       e.value ->> '$[7].confidence' AS confidence,
       p.sources ->> ('$[' || (e.value ->> 6) || '].title') AS source_title,
       p.sources ->> ('$[' || (e.value ->> 6) || '].url') AS source_url,
       e.value ->> '$[7].note'      AS note,
       e.value ->> 0                AS line
FROM progress p
JOIN organisation o USING (organisation_id)
JOIN json_each(p.figures) e;

-- From version 3 to version 4: runs, faults, sources; one text may stand at several addresses.

DROP VIEW offices_named;

CREATE TABLE articles_4 (
    id VARCHAR PRIMARY KEY,
    text_hash VARCHAR NOT NULL,
    url VARCHAR UNIQUE,
    title VARCHAR,
    date DATE,
    date_why VARCHAR NOT NULL,
    lang VARCHAR NOT NULL,
    lang_why VARCHAR NOT NULL,
    source VARCHAR,
    path VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    version VARCHAR NOT NULL,
    published TIMESTAMP,
    author VARCHAR,
    agency VARCHAR,
    copy_of VARCHAR,
    coder VARCHAR,
    run_id VARCHAR
);
INSERT INTO articles_4 SELECT *, NULL, NULL, NULL, NULL, NULL, NULL FROM articles;
DROP TABLE articles;
ALTER TABLE articles_4 RENAME TO articles;
CREATE INDEX articles_by_text ON articles (text_hash);

CREATE TABLE runs (
    id VARCHAR PRIMARY KEY,
    command VARCHAR NOT NULL,
    given VARCHAR NOT NULL,
    coder VARCHAR,
    version VARCHAR NOT NULL,
    started TIMESTAMP NOT NULL,
    ended TIMESTAMP,
    state VARCHAR NOT NULL,
    known INTEGER
);

CREATE TABLE faults (
    run_id VARCHAR NOT NULL,
    path VARCHAR NOT NULL,
    line INTEGER,
    kind VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    page VARCHAR,
    made TIMESTAMP NOT NULL,
    settled_by VARCHAR
);

CREATE TABLE codings (
    article_id VARCHAR NOT NULL,
    coder VARCHAR,
    version VARCHAR NOT NULL,
    replaced TIMESTAMP NOT NULL,
    replaced_by VARCHAR NOT NULL,
    event_ids VARCHAR[] NOT NULL,
    events VARCHAR[] NOT NULL,
    mentions VARCHAR[] NOT NULL,
    figures VARCHAR[] NOT NULL,
    quotes VARCHAR[] NOT NULL
);

CREATE TABLE sources (
    name VARCHAR PRIMARY KEY,
    url VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    etag VARCHAR,
    modified VARCHAR,
    last_try TIMESTAMP,
    last_success TIMESTAMP,
    wait_until TIMESTAMP,
    error VARCHAR,
    note VARCHAR,
    fails INTEGER NOT NULL,
    items INTEGER NOT NULL
);

CREATE TABLE fetches (
    url VARCHAR PRIMARY KEY,
    source VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    reason VARCHAR,
    tries INTEGER NOT NULL,
    first_seen TIMESTAMP NOT NULL,
    last_try TIMESTAMP,
    next_try TIMESTAMP,
    item VARCHAR
);

-- Events of other data sets, one row each. `row` is the line of the file, `actor_codes` are states as we write them,
-- `actor_given` as the data set does, `actor_why` a reason code. `cameo`, `quad`, `score` are the data set's own.
CREATE TABLE imported (
    import_id INTEGER NOT NULL,
    "row" BIGINT NOT NULL,
    dataset VARCHAR NOT NULL,
    id VARCHAR NOT NULL,
    day DATE,
    last_day DATE,
    actor_codes VARCHAR[] NOT NULL,
    actor VARCHAR,
    actor_given VARCHAR,
    actor_sector VARCHAR,
    actor_why VARCHAR NOT NULL,
    recipient_codes VARCHAR[] NOT NULL,
    recipient VARCHAR,
    recipient_given VARCHAR,
    recipient_sector VARCHAR,
    recipient_why VARCHAR NOT NULL,
    type VARCHAR,
    mode VARCHAR,
    contexts VARCHAR[] NOT NULL,
    type_given VARCHAR,
    type_why VARCHAR NOT NULL,
    cameo VARCHAR,
    quad TINYINT,
    score DOUBLE,
    place VARCHAR,
    place_code VARCHAR,
    place_given VARCHAR,
    place_why VARCHAR NOT NULL,
    lat DOUBLE,
    lon DOUBLE,
    source VARCHAR,
    url VARCHAR,
    text VARCHAR,
    lang VARCHAR,
    published TIMESTAMP,
    story VARCHAR,
    sentence INTEGER,
    mentions INTEGER,
    sources INTEGER,
    articles INTEGER,
    tone DOUBLE,
    version VARCHAR
);

-- One row an imported event and pair of parties, as in `dyads`; only those that are pairs.
CREATE TABLE imported_dyads (
    a VARCHAR NOT NULL,
    b VARCHAR NOT NULL,
    way TINYINT NOT NULL,
    dataset VARCHAR NOT NULL,
    import_id INTEGER NOT NULL,
    "row" BIGINT NOT NULL,
    type VARCHAR,
    day DATE,
    last_day DATE
);

-- How many events of other data sets are on each day: what a pair's index is measured against.
CREATE TABLE imported_days (dataset VARCHAR NOT NULL, import_id INTEGER NOT NULL, day DATE, events BIGINT NOT NULL);

-- GDELT's mentions: where an event was told.
CREATE TABLE imported_mentions (
    import_id INTEGER NOT NULL,
    "row" BIGINT NOT NULL,
    id VARCHAR NOT NULL,
    event_time TIMESTAMP,
    mention_time TIMESTAMP,
    kind TINYINT,
    source VARCHAR,
    url VARCHAR,
    sentence INTEGER,
    actor_start INTEGER,
    recipient_start INTEGER,
    trigger_start INTEGER,
    confidence INTEGER,
    length INTEGER,
    tone DOUBLE,
    translation VARCHAR
);

-- One row an imported file: `counts` says what became of its rows (JSON).
CREATE TABLE imports (
    id INTEGER PRIMARY KEY,
    dataset VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    file VARCHAR NOT NULL,
    encoding VARCHAR NOT NULL,
    "rows" BIGINT NOT NULL,
    kept BIGINT NOT NULL,
    counts VARCHAR NOT NULL,
    version VARCHAR NOT NULL,
    made TIMESTAMP NOT NULL
);

-- The store's schema, version 4. Migrations go forward only: a change adds a file migrate_N.sql and raises VERSION in store.py.
CREATE TABLE meta (key VARCHAR PRIMARY KEY, value VARCHAR NOT NULL);

-- One row an article. `id` is the one given, else made of text and address. One text may stand at several addresses: those
-- read later are copies (`copy_of`: the id of the one read first). `published` is UTC, and known only where time and zone
-- were given; `coder` and `version` say who coded it, `run_id` the run that read it.
CREATE TABLE articles (
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
CREATE INDEX articles_by_text ON articles (text_hash);

-- Offsets count characters in the article's text. `codes` is empty where the party is not known.
CREATE TABLE mentions (
    article_id VARCHAR NOT NULL,
    "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    text VARCHAR NOT NULL,
    name VARCHAR,
    kind VARCHAR NOT NULL,
    code VARCHAR,
    codes VARCHAR[] NOT NULL,
    sector VARCHAR,
    why VARCHAR NOT NULL,
    office VARCHAR,
    record VARCHAR
);

-- One row a reported event. `record` is the whole record line (JSON); the other columns are what queries filter by.
CREATE TABLE events (
    id VARCHAR PRIMARY KEY,
    article_id VARCHAR NOT NULL,
    lang VARCHAR NOT NULL,
    type VARCHAR NOT NULL,
    mode VARCHAR,
    status VARCHAR NOT NULL,
    trigger_start INTEGER NOT NULL,
    actor_codes VARCHAR[] NOT NULL,
    recipient_codes VARCHAR[] NOT NULL,
    said_by_codes VARCHAR[] NOT NULL,
    place_code VARCHAR,
    date_from DATE,
    date_to DATE,
    confidence DOUBLE NOT NULL,
    method VARCHAR NOT NULL,
    version VARCHAR NOT NULL,
    record VARCHAR NOT NULL,
    date_why VARCHAR NOT NULL
);

CREATE TABLE figures (
    article_id VARCHAR NOT NULL,
    "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    measure VARCHAR NOT NULL,
    codes VARCHAR[] NOT NULL,
    value DOUBLE,
    unit VARCHAR,
    change VARCHAR,
    record VARCHAR NOT NULL
);

-- Words that someone says, in quotation marks (`direct`) or reported. `record` is the whole record line (JSON).
CREATE TABLE quotes (
    article_id VARCHAR NOT NULL,
    "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    direct BOOLEAN NOT NULL,
    denies BOOLEAN NOT NULL,
    said_by_codes VARCHAR[] NOT NULL,
    record VARCHAR NOT NULL
);

-- Articles that stories have been made of: who wrote them first and why we think so, the group of near-copies that they
-- are in (its smallest id), and the numbers by which near-copies are found.
CREATE TABLE origins (
    article_id VARCHAR PRIMARY KEY,
    origin VARCHAR NOT NULL,
    why VARCHAR NOT NULL,
    copies VARCHAR NOT NULL,
    bands UBIGINT[] NOT NULL
);

-- One row a report and pair of parties, a < b; b is '' where an event has one party only. `way`: 1 a to b, -1 b to a,
-- 0 both together. Days as in `events`, inferred or the article's where `by_article`; `written`: the article's.
CREATE TABLE dyads (
    a VARCHAR NOT NULL,
    b VARCHAR NOT NULL,
    way TINYINT NOT NULL,
    event_id VARCHAR NOT NULL,
    article_id VARCHAR NOT NULL,
    type VARCHAR NOT NULL,
    status VARCHAR NOT NULL,
    day DATE,
    last_day DATE,
    by_article BOOLEAN NOT NULL,
    written DATE
);

-- What can be compared of a report with another; see relasi.stories.report. Days are ordinals, words checksums.
CREATE TABLE reports (
    id VARCHAR PRIMARY KEY,
    article VARCHAR NOT NULL,
    lang VARCHAR NOT NULL,
    type VARCHAR NOT NULL,
    mode VARCHAR,
    status VARCHAR NOT NULL,
    actors VARCHAR[] NOT NULL,
    recipients VARCHAR[] NOT NULL,
    "first" INTEGER,
    "last" INTEGER,
    by_article BOOLEAN NOT NULL,
    seen INTEGER,
    place VARCHAR,
    place_code VARCHAR,
    lat DOUBLE,
    lon DOUBLE,
    persons UINTEGER[] NOT NULL,
    words UINTEGER[] NOT NULL,
    numbers UINTEGER[] NOT NULL,
    lead UINTEGER[] NOT NULL
);

-- What a person said of two reports: that they are one story, or are not. Kept until taken back.
CREATE TABLE decisions (
    a VARCHAR NOT NULL,
    b VARCHAR NOT NULL,
    same BOOLEAN NOT NULL,
    made TIMESTAMP NOT NULL DEFAULT current_timestamp
);

-- The story of each report, and the component of matching reports that stories are cut out of; each by its smallest id.
CREATE TABLE story_reports (event_id VARCHAR PRIMARY KEY, story_id VARCHAR NOT NULL, component VARCHAR NOT NULL);

-- A story: what its reports say on the whole. `id` is the smallest of their ids; `event_id` the report that says it best.
CREATE TABLE stories (
    id VARCHAR PRIMARY KEY,
    event_id VARCHAR NOT NULL,
    type VARCHAR NOT NULL,
    mode VARCHAR,
    status VARCHAR NOT NULL,
    actor_codes VARCHAR[] NOT NULL,
    recipient_codes VARCHAR[] NOT NULL,
    contexts VARCHAR[] NOT NULL,
    day DATE,
    last_day DATE,
    by_article BOOLEAN NOT NULL,
    reports INTEGER NOT NULL,
    articles INTEGER NOT NULL,
    sources INTEGER NOT NULL,
    certainty DOUBLE NOT NULL
);

-- One row a story and pair, for the questions about a pair. `certainty` is 0 where the story is help for an armed group
-- of one of them, which is no act between the two states.
CREATE TABLE story_dyads (
    a VARCHAR NOT NULL,
    b VARCHAR NOT NULL,
    way TINYINT NOT NULL,
    story_id VARCHAR NOT NULL,
    type VARCHAR NOT NULL,
    status VARCHAR NOT NULL,
    contexts VARCHAR[] NOT NULL,
    day DATE,
    last_day DATE,
    sources INTEGER NOT NULL,
    certainty DOUBLE NOT NULL
);

-- What an event type counts for: copied from the world tables, so that queries and other tools need nothing else.
CREATE TABLE types (type VARCHAR PRIMARY KEY, quad INTEGER NOT NULL, score DOUBLE NOT NULL, cameo VARCHAR NOT NULL, goldstein DOUBLE NOT NULL);

-- One row a run that wrote: `command` and what it was given (JSON); `state` running, done, failed, or stopped (by hand,
-- or cut off: then `ended` is not known). A run that still says running when no process has the store open was cut off.
-- `known`: inputs that were there already; null while it runs, and if it was cut off. What else it did is reckoned
-- from articles, codings and faults, so that it is true of a run that was killed as well.
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

-- What could not be read, by which run, and a short code of the reason (`kind`); `page`: what was read of it, if that
-- failed after reading (JSON); it can be tried again. `settled_by`: the run that did it.
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

-- Earlier codings of articles that were coded again: by whom, until when (UTC), by which run they were replaced, and all
-- that they said (record lines, JSON), the events with their ids.
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

-- The health of each watched source. Times are UTC. `wait_until`: it asked to be left alone so long; `error`: why the
-- last try failed; `note`: what could not be read of the last listing; `fails`: tries in a row that failed; `items`:
-- articles in the last listing.
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

-- Addresses that watched sources named: `state` waiting, read, failed (to be tried again at `next_try`), or gone (for
-- good, for the `reason`); `item` is what the source itself told of it (JSON).
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

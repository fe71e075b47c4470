-- From version 2 to version 3: stories. They are made of the events that are there, by the next reading or `relasi fuse`.

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
-- 0 both together. Days as in `events`, or the article's where `by_article`; `written`: the article's.
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

-- One row a story and pair, for the questions about a pair.
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

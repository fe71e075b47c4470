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

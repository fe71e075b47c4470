-- The store's schema, version 2. Migrations go forward only: a change adds a file migrate_N.sql and raises VERSION in store.py.
CREATE TABLE meta (key VARCHAR PRIMARY KEY, value VARCHAR NOT NULL);

-- One row an article. `id` is the one given, else the start of text_hash.
CREATE TABLE articles (
    id VARCHAR PRIMARY KEY,
    text_hash VARCHAR NOT NULL UNIQUE,
    url VARCHAR UNIQUE,
    title VARCHAR,
    date DATE,
    date_why VARCHAR NOT NULL,
    lang VARCHAR NOT NULL,
    lang_why VARCHAR NOT NULL,
    source VARCHAR,
    path VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    version VARCHAR NOT NULL
);

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

-- Who was called by which office, as articles say it ("Menlu Rusia Sergei Lavrov"), not as the dated table does.
CREATE VIEW offices_named AS
SELECT m.name, m.code, m.office, min(a.date) AS first_day, max(a.date) AS last_day, count(DISTINCT a.id) AS articles,
    any_value(m.text) AS words, any_value(a.id) AS article_id
FROM mentions m JOIN articles a ON a.id = m.article_id
WHERE m.kind = 'person' AND m.name IS NOT NULL AND m.office IS NOT NULL AND m.why LIKE 'title_and_%'
GROUP BY m.name, m.code, m.office;

-- What an event type counts for: copied from the world tables, so that queries and other tools need nothing else.
CREATE TABLE types (type VARCHAR PRIMARY KEY, quad INTEGER NOT NULL, score DOUBLE NOT NULL, cameo VARCHAR NOT NULL, goldstein DOUBLE NOT NULL);

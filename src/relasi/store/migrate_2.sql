-- From version 1 to version 2: quotes. Articles that were read before have none.
CREATE TABLE quotes (
    article_id VARCHAR NOT NULL,
    "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    direct BOOLEAN NOT NULL,
    denies BOOLEAN NOT NULL,
    said_by_codes VARCHAR[] NOT NULL,
    record VARCHAR NOT NULL
);

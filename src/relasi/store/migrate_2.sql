-- From version 1 to version 2: quotes, offices of mentions, why an event has its date. Articles that were read before
-- have no quotes and no offices.
CREATE TABLE quotes (
    article_id VARCHAR NOT NULL,
    "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    direct BOOLEAN NOT NULL,
    denies BOOLEAN NOT NULL,
    said_by_codes VARCHAR[] NOT NULL,
    record VARCHAR NOT NULL
);

ALTER TABLE mentions ADD COLUMN office VARCHAR;
ALTER TABLE mentions ADD COLUMN record VARCHAR;
ALTER TABLE events ADD COLUMN date_why VARCHAR;
UPDATE events SET date_why = CASE WHEN date_from IS NULL THEN 'undated' ELSE 'clause' END;
ALTER TABLE events ALTER COLUMN date_why SET NOT NULL;

CREATE VIEW offices_named AS
SELECT m.name, m.code, m.office, min(a.date) AS first_day, max(a.date) AS last_day, count(DISTINCT a.id) AS articles,
    any_value(m.text) AS words, any_value(a.id) AS article_id
FROM mentions m JOIN articles a ON a.id = m.article_id
WHERE m.kind = 'person' AND m.name IS NOT NULL AND m.office IS NOT NULL AND m.why LIKE 'title_and_%'
GROUP BY m.name, m.code, m.office;

"""The SQL that makes our columns out of a file's: one statement a table, filled with the expressions of a layout."""

import re
from collections.abc import Sequence

from relasi.formats.layouts import Layout, plain
from relasi.formats.states import BODIES

_GIVEN_TEXT = """
    id day last_day actor actor_given actor_cow actor_group actor_kind actor_sector actor_is recipient
    recipient_given recipient_cow recipient_group recipient_kind recipient_sector recipient_is cameo_given
    type_given mode contexts quad score place place_given lat lon source url text lang published story sentence
    mentions sources articles tone version
"""
_GIVEN = _GIVEN_TEXT.split()
_TYPED = {"day": "DATE", "last_day": "DATE", "published": "TIMESTAMP"}


def fields_of(layout: Layout, names: Sequence[str]) -> str:
    """The columns of `_GIVEN`, as expressions over a file's row; NULL what this data set or this file lacks."""
    at = {plain(name): number for number, name in enumerate(names, 1)}

    def column(match: re.Match[str]) -> str:
        number = at.get(plain(match[1]))
        return f"nullif(f[{number}], '')" if number else "NULL::VARCHAR"

    def expression(name: str) -> str:
        given = layout.fields.get(name)
        return re.sub(r"\{([^}]+)\}", column, given) if given else f"NULL::{_TYPED.get(name, 'VARCHAR')}"

    return ", ".join(f"{expression(name)} AS {name}" for name in _GIVEN)


def _party(side: str, s: str, c: str, g: str) -> tuple[str, str]:
    """Codes of a party, and why: its state, several, its COW number, or what it is if it is no state."""
    state = f"{s}.code IS NOT NULL AND {s}.why <> 'territory'"
    kinds = ", ".join(f"'{code}'" for code in BODIES if code != "EUR")
    several = f"""
        [y FOR y IN [getvariable('state_map')[trim(x)] FOR x IN string_split(upper({side}_given), ';')]
            IF y IS NOT NULL]
    """
    codes = f"""
        CASE WHEN {state} THEN [{s}.code] WHEN contains({side}_given, ';') THEN list_sort(list_distinct({several}))
            WHEN {c}.code IS NOT NULL THEN [{c}.code] WHEN {g}.code IS NOT NULL THEN [{g}.code]
            WHEN {side}_kind IN ({kinds}) THEN [{side}_kind] ELSE [] END
    """
    why = f"""
        CASE WHEN {state} THEN {s}.why
            WHEN contains({side}_given, ';') THEN CASE WHEN len({several}) = len(string_split({side}_given, ';'))
                THEN 'list' ELSE 'list_partly' END
            WHEN {c}.code IS NOT NULL THEN 'cow' WHEN {g}.code IS NOT NULL OR {side}_kind IN ({kinds}) THEN 'body'
            WHEN {s}.why IS NOT NULL THEN {s}.why
            WHEN {side}_given IS NOT NULL AND {side}_given <> '' THEN 'unknown_code'
            WHEN {side}_is IS NULL THEN 'none_given' ELSE 'no_country' END
    """
    return codes, why


_ACTOR, _ACTOR_WHY = _party("actor", "sa", "ca", "ga")
_RECIPIENT, _RECIPIENT_WHY = _party("recipient", "sr", "cr", "gr")

# Filled with: source, where, fields, number, dataset.
INSERT = f"""
    INSERT INTO imported
    WITH given AS (SELECT row, {{fields}} FROM ({{source}}) WHERE {{where}})
    SELECT {{number}}, row, '{{dataset}}', id, day, coalesce(last_day, day),
        {_ACTOR}, nullif(actor, ''), nullif(actor_given, ''), nullif(actor_sector, ''), {_ACTOR_WHY},
        {_RECIPIENT}, nullif(recipient, ''), nullif(recipient_given, ''), nullif(recipient_sector, ''),
        {_RECIPIENT_WHY},
        coalesce(e.type, t.type), coalesce(g.mode, e.mode),
        coalesce([trim(x) FOR x IN string_split(lower(g.contexts), ';') IF trim(x) <> ''], e.contexts, []),
        coalesce(cameo_given, type_given),
        CASE WHEN e.code IS NOT NULL THEN e.why WHEN t.type IS NOT NULL THEN 'given'
            WHEN coalesce(cameo_given, type_given) IS NULL THEN 'none_given' ELSE 'unknown_code' END,
        CASE WHEN e.why = 'zero_restored' THEN '0' || cameo_given ELSE cameo_given END,
        try_cast(quad AS TINYINT), try_cast(score AS DOUBLE),
        nullif(place, ''), p.code, nullif(place_given, ''),
        CASE WHEN p.given IS NOT NULL THEN p.why WHEN place_given <> '' THEN 'unknown_code'
            WHEN place <> '' THEN 'no_country' ELSE 'none_given' END,
        CASE WHEN try_cast(lat AS DOUBLE) BETWEEN -90 AND 90 THEN lat::DOUBLE END,
        CASE WHEN try_cast(lon AS DOUBLE) BETWEEN -180 AND 180 THEN lon::DOUBLE END,
        source, url, text, lang, published, story, try_cast(sentence AS INTEGER), try_cast(mentions AS INTEGER),
        try_cast(sources AS INTEGER), try_cast(articles AS INTEGER), try_cast(tone AS DOUBLE), version
    FROM given g
    LEFT JOIN state_keys sa ON sa.given = upper(trim(actor_given))
    LEFT JOIN state_keys sr ON sr.given = upper(trim(recipient_given))
    LEFT JOIN cow_keys ca ON ca.given = actor_cow
    LEFT JOIN cow_keys cr ON cr.given = recipient_cow
    LEFT JOIN known_groups ga ON ga.given = upper(actor_group)
    LEFT JOIN known_groups gr ON gr.given = upper(recipient_group)
    LEFT JOIN place_keys p ON p.given = upper(trim(place_given))
    LEFT JOIN known_events e ON e.code = cameo_given
    LEFT JOIN known_types t ON t.given = upper(type_given)
    WHERE id IS NOT NULL
"""

MENTIONS = """
    INSERT INTO imported_mentions
    SELECT {number}, row, f[1], try_strptime(f[2], '%Y%m%d%H%M%S'), try_strptime(f[3], '%Y%m%d%H%M%S'),
        try_cast(f[4] AS TINYINT), nullif(f[5], ''), nullif(f[6], ''), try_cast(f[7] AS INTEGER),
        try_cast(f[8] AS INTEGER), try_cast(f[9] AS INTEGER), try_cast(f[10] AS INTEGER), try_cast(f[12] AS INTEGER),
        try_cast(f[13] AS INTEGER), try_cast(f[14] AS DOUBLE), nullif(f[15], '')
    FROM ({source}) WHERE {where} AND f[1] <> ''
"""

# Two are a pair where one acts on the other, or both act together and on nobody else; as in `relasi.stories.fuse`.
DYADS = """
    INSERT INTO imported_dyads
    WITH told AS (
        SELECT *, list_distinct(actor_codes || recipient_codes) AS codes FROM imported
        WHERE import_id = $number AND len(actor_codes) + len(recipient_codes) > 1
    ),
    one AS (SELECT *, unnest(codes) AS a FROM told WHERE len(codes) > 1),
    two AS (SELECT *, unnest(codes) AS b FROM one),
    pairs AS (
        SELECT *, list_contains(actor_codes, a) AS a_acts, list_contains(actor_codes, b) AS b_acts,
            list_contains(recipient_codes, a) AS a_gets, list_contains(recipient_codes, b) AS b_gets
        FROM two WHERE a < b
    )
    SELECT a, b, CASE WHEN a_acts AND b_gets AND NOT (b_acts AND a_gets) THEN 1
            WHEN b_acts AND a_gets AND NOT (a_acts AND b_gets) THEN -1 ELSE 0 END,
        dataset, import_id, row, type, day, last_day
    FROM pairs WHERE a_acts AND b_gets OR b_acts AND a_gets OR a_acts AND b_acts AND len(recipient_codes) = 0
    ORDER BY day
"""

DAYS = """
    INSERT INTO imported_days
    SELECT dataset, import_id, day, count(*) FROM imported WHERE import_id = $number GROUP BY ALL ORDER BY day
"""

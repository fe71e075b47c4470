"""What each format's file holds: SQL over the table `flat` of `relasi.formats.flat`, and what cannot stand in it."""

from collections.abc import Mapping

import msgspec

from relasi.formats.layouts import LAYOUTS, QUADS, Layout
from relasi.relations.origins import OWN


class Format(msgspec.Struct, frozen=True, kw_only=True):
    """A format: its file, the rows of it out of the table `{of}`, and which events it cannot hold, by reason code.

    `head`: so many of the rows are the names of the columns.
    """

    file: str
    rows: str
    copy: str
    left: Mapping[str, str]
    columns: tuple[str, ...] = ()
    head: int = 0


# One row a pair of codes, or one where there is none. Who acts together stands once in each direction, as in ICEWS.
PAIRS = """
    WITH sides AS (
        SELECT *, CASE WHEN actor_codes = [] THEN [NULL] ELSE actor_codes END AS firsts,
            CASE WHEN recipient_codes = [] AND len(actor_codes) > 1 THEN actor_codes
                WHEN recipient_codes = [] THEN [NULL] ELSE recipient_codes END AS others
        FROM {of}
    ),
    one AS (SELECT *, unnest(firsts) AS a FROM sides),
    two AS (SELECT *, unnest(others) AS b FROM one),
    paired AS (FROM two WHERE len(recipient_codes) > 0 OR len(actor_codes) < 2 OR a <> b),
    numbered AS (
        SELECT *, count(*) OVER of_event AS many, row_number() OVER (of_event ORDER BY a, b) AS n FROM paired
        WINDOW of_event AS (PARTITION BY origin, id, day, file, row)
    )
"""
_PART_ID = "CASE WHEN many = 1 THEN id ELSE id || '.' || n END"


def _layout(dataset: str) -> Layout:
    return next(x for x in LAYOUTS if x.dataset == dataset and x.table == "imported")


def _tabbed(dataset: str, columns: Mapping[str, str], *, pairs: bool, head: bool) -> str:
    """Lines of a file with tabs, its columns in order, empty where nothing is known."""
    names = _layout(dataset).columns
    cells = ", ".join(f"coalesce(({columns[name]})::VARCHAR, '')" if name in columns else "''" for name in names)
    lines = f"SELECT 1 AS k, day, id, array_to_string([{cells}], chr(9)) AS line FROM {'numbered' if pairs else '{of}'}"
    first = f"SELECT 0 AS k, NULL AS day, NULL AS id, '{chr(9).join(names)}' AS line UNION ALL " if head else ""
    return f"{PAIRS if pairs else ''} SELECT line FROM ({first}{lines}) ORDER BY k, day, id, line"


def _gdelt_party(n: int, code: str, side: str) -> dict[str, str]:
    # GDELT's sectors have three letters; words of other data sets are none.
    sector = f"CASE WHEN regexp_matches({side}_sector, '^[A-Z]{{3}}(;|$)') THEN left({side}_sector, 3) END"
    body = f"{code} IN ('UNO', 'EUR', 'IGO', 'NGO', 'IMG', 'MNC')"
    kind = f"CASE WHEN {code} IN ('UNO', 'EUR') THEN 'IGO' WHEN {body} THEN {code} ELSE {sector} END"
    state = f"CASE WHEN NOT {body} OR {code} = 'EUR' THEN {code} END"
    return {
        f"Actor{n}Code": f"coalesce({code}, '') || coalesce({sector}, '')",
        f"Actor{n}Name": f"coalesce({side}, getvariable('name')[{code}], {code})",
        f"Actor{n}CountryCode": state,
        f"Actor{n}KnownGroupCode": f"CASE {code} WHEN 'UNO' THEN 'UNO' WHEN 'EUR' THEN 'EEC' END",
        f"Actor{n}Type1Code": kind,
    }


_STAMP = "strftime(published, '%Y%m%d%H%M%S')"
_GDELT = {
    # GDELT's ids are numbers.
    "GLOBALEVENTID": f"""CASE WHEN many = 1 AND regexp_full_match(id, '[1-9][0-9]*') THEN id
        ELSE md5_number_lower({_PART_ID})::VARCHAR END""",
    "SQLDATE": "strftime(day, '%Y%m%d')",
    "MonthYear": "strftime(day, '%Y%m')",
    "Year": "strftime(day, '%Y')",
    "FractionDate": "format('{:.4f}', year(day) + dayofyear(day) / 365.0)",
    **_gdelt_party(1, "a", "actor"),
    **_gdelt_party(2, "b", "recipient"),
    "IsRootEvent": "CASE WHEN sentence = 0 THEN 1 WHEN sentence > 0 THEN 0 END",
    "EventCode": "cameo",
    "EventBaseCode": "left(cameo, 3)",
    "EventRootCode": "left(cameo, 2)",
    "QuadClass": "cameo_quad",
    "GoldsteinScale": f"CASE WHEN origin = '{OWN}' THEN goldstein ELSE coalesce(score, goldstein) END",
    "NumMentions": "mentions",
    "NumSources": "sources",
    "NumArticles": "articles",
    "AvgTone": "tone",
    "ActionGeo_FullName": "place",
    "ActionGeo_CountryCode": "getvariable('fips')[place_code]",
    "ActionGeo_Lat": "lat",
    "ActionGeo_Long": "lon",
    "DATEADDED": _STAMP,
    "SOURCEURL": "url",
}

_GEO = {"Latitude": "lat", "Longitude": "lon", "Country": "coalesce(getvariable('name')[place_code], place_code)"}


def _icews_party(name: str, code: str, side: str) -> dict[str, str]:
    return {
        f"{name} Name": f"""CASE {code} WHEN 'UNO' THEN 'United Nations' WHEN 'EUR' THEN 'European Union'
            ELSE coalesce({side}, getvariable('name')[{code}]) END""",
        f"{name} Sectors": f"""CASE {code} WHEN 'IGO' THEN 'International Government Organization'
            WHEN 'NGO' THEN 'Nongovernmental Organization (International)' WHEN 'MNC' THEN 'Multinational Corporation'
            WHEN 'IMG' THEN 'International Insurgents' ELSE {side}_sector END""",
        f"{name} Country": f"getvariable('name')[{code}]",
    }


_ICEWS = {
    "Event ID": _PART_ID,
    "Event Date": "day",
    **_icews_party("Source", "a", "actor"),
    **_icews_party("Target", "b", "recipient"),
    # A sentence of a publisher is no description of a code.
    "Event Text": f"CASE WHEN origin = '{OWN}' THEN lower(type) ELSE text END",
    "CAMEO Code": "cameo",
    "Intensity": f"CASE WHEN origin = '{OWN}' THEN goldstein ELSE coalesce(score, goldstein) END",
    "Story ID": "story",
    "Sentence Number": "sentence",
    "Publisher": "source",
    "City": "place",
    **_GEO,
}


def _polecat_party(name: str, side: str) -> dict[str, str]:
    return {
        f"{name} Name": side,
        f"{name} Country": f"array_to_string({side}_codes, ';')",
        f"{name} COW": f"array_to_string({side}_cow, ';')",
        f"Primary {name} Sector": f"split_part({side}_sector, ';', 1)",
        f"{name} Sectors": f"{side}_sector",
    }


_POLECAT = {
    "Event ID": "id",
    "Event Date": "day",
    "Event Type": "type",
    "Event Mode": "mode",
    "Intensity": "score",
    "Quad Code": f"[{', '.join(repr(q) for q in QUADS)}][quad]",
    "Contexts": "array_to_string(contexts, ';')",
    **_polecat_party("Actor", "actor"),
    **_polecat_party("Recipient", "recipient"),
    "Placename": "place",
    **_GEO,
    "Source": "source",
    "Publication Date": "published::DATE",
    "Language": "lang",
    "Version": "version",
}


def _plover_party(side: str) -> str:
    """A list of entities: one a code, or one without a code where only the words are known."""
    fields = f"sector: {side}_sector, entity_text: {side}"
    return f"""
        CASE WHEN len({side}_codes) > 0 THEN [{{code: x, {fields}}} FOR x IN {side}_codes]
            WHEN {side} IS NOT NULL THEN [{{code: NULL::VARCHAR, {fields}}}] ELSE [] END
    """


_PLOVER = f"""
    SELECT id, true AS has_event, day AS date, CASE WHEN last_day <> day THEN last_day END AS enddate,
        {_plover_party("actor")} AS actor, {_plover_party("recipient")} AS recipient, [type] AS event,
        {{resolved_place: place, lat: lat, lon: lon, country_code: place_code}} AS event_loc, quad AS quad_code,
        score AS event_scale, CASE WHEN mode IS NULL THEN [] ELSE [mode] END AS mode, contexts AS context, url AS link,
        text, {{sequence: sentence}} AS text_info,
        {{corpus: origin, url: url, language: lang, publication: source, coder: version}} AS cite_info,
        version AS coder
    FROM {{of}} ORDER BY day, id
"""

# A cell that begins so is a formula to a spreadsheet.
_HARMLESS = "CASE WHEN regexp_matches({0}, '^[=+@\\t\\r-]') THEN '''' || {0} ELSE {0} END AS {0}"
_COLUMNS_TEXT = """
    id origin day last_day actor_codes actor_cow actor_gw actor actor_sector recipient_codes recipient_cow
    recipient_gw recipient recipient_sector type mode contexts status cameo goldstein quad score place place_code
    lat lon source url text lang published story sentence mentions sources articles tone confidence dated_by version
    file row
"""
_COLUMNS = _COLUMNS_TEXT.split()
_LISTS = [f"{side}_{code}" for side in ("actor", "recipient") for code in ("codes", "cow", "gw")] + ["contexts"]
_WORDS = ["actor", "recipient", "actor_sector", "recipient_sector", "mode", "place", "source", "url", "text", "story",
          "version", "id", "file", "type"]  # fmt: skip


def _cell(name: str) -> str:
    if name in _LISTS:
        # Missing codes keep their place: IDN;UNO is 850; here.
        return f"array_to_string([coalesce(x, '') FOR x IN {name}], ';') AS {name}"
    return _HARMLESS.format(name) if name in _WORDS else name


_STATUS, _DAY = {"status": "status <> 'actual'"}, {"day": "day IS NULL OR day <> last_day"}
_TYPE, _CAMEO = {"type": "type IS NULL"}, {"type": "cameo IS NULL"}
_BOTH = {"parties": "len(actor_codes) + len(recipient_codes) < 2"}
_LINES = "FORMAT csv, HEADER false, DELIMITER '\x01', QUOTE '', ESCAPE '', NULLSTR ''"
_FLAT = f"SELECT {', '.join(_COLUMNS)} FROM {{of}} ORDER BY day, id"

FORMATS = {
    "gdelt": Format(
        file="events.export.CSV",
        rows=_tabbed("gdelt", _GDELT, pairs=True, head=False),
        copy=_LINES,
        left=_STATUS | _DAY | _CAMEO,
        columns=_layout("gdelt").columns,
    ),
    "icews": Format(
        file="events.icews.tab",
        rows=_tabbed("icews", _ICEWS, pairs=True, head=True),
        copy=_LINES,
        left=_STATUS | _DAY | _CAMEO,
        columns=_layout("icews").columns,
        head=1,
    ),
    "polecat": Format(
        file="ngecEvents.txt",
        rows=_tabbed("polecat", _POLECAT, pairs=False, head=True),
        copy=_LINES,
        left=_STATUS | _DAY | _TYPE,
        columns=_layout("polecat").columns,
        head=1,
    ),
    "plover": Format(file="events.plover.jsonl", rows=_PLOVER, copy="FORMAT json", left=_STATUS | _TYPE),
    "quadruples": Format(
        file="quadruples.tsv",
        rows=f"{PAIRS} SELECT concat_ws(chr(9), a, type, b, day) FROM numbered ORDER BY day, a, b, type",
        copy=_LINES,
        left=_STATUS | _DAY | _BOTH | _TYPE,
        columns=("head", "relation", "tail", "time"),
    ),
    "graphml": Format(
        file="events.graphml",
        rows=f"""
            {PAIRS} SELECT a, b, type, count(*), min(day)::VARCHAR, max(last_day)::VARCHAR, avg(score), any_value(quad)
            FROM numbered GROUP BY a, b, type ORDER BY a, b, type
        """,
        copy="",
        left=_STATUS | _BOTH | _TYPE,
    ),
    "csv": Format(
        file="events.csv",
        rows=f"SELECT {', '.join(map(_cell, _COLUMNS))} FROM {{of}} f ORDER BY f.day, f.id",
        copy="FORMAT csv, HEADER true",
        left={},
        columns=tuple(_COLUMNS),
    ),
    "jsonl": Format(file="events.jsonl", rows=_FLAT, copy="FORMAT json", left={}, columns=tuple(_COLUMNS)),
    "parquet": Format(file="events.parquet", rows=_FLAT, copy="FORMAT parquet", left={}, columns=tuple(_COLUMNS)),
}

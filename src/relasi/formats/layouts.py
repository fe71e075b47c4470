"""The columns of each data set, and how our columns come out of them.

An expression names a column of the file in braces; a column that a file lacks is NULL. `text` is as it stands.
"""

import re
from collections.abc import Mapping, Sequence

import msgspec

DATASETS = ("gdelt", "gdelt1", "icews", "polecat", "plover")

QUADS = ("VERBAL COOPERATION", "MATERIAL COOPERATION", "VERBAL CONFLICT", "MATERIAL CONFLICT")


class Layout(msgspec.Struct, frozen=True, kw_only=True):
    """A kind of file: its columns in order, those it must have, and what our columns are made of.

    `headed`: the columns are found by the names in the first line; else by their number. `scheme`, `places`: how states
    are written (schemes of `states.rows`, the first one that knows a code counts). `key`: what no two rows share.
    """

    dataset: str
    table: str
    columns: tuple[str, ...]
    needs: tuple[str, ...] = ()
    headed: bool = False
    scheme: str = ""
    places: str = ""
    key: str = "id"
    fields: Mapping[str, str]


_ACTOR = [
    "Code",
    "Name",
    "CountryCode",
    "KnownGroupCode",
    "EthnicCode",
    "Religion1Code",
    "Religion2Code",
    "Type1Code",
    "Type2Code",
    "Type3Code",
]
_WHAT_TEXT = """
    IsRootEvent EventCode EventBaseCode EventRootCode QuadClass GoldsteinScale NumMentions NumSources NumArticles
    AvgTone
"""
_WHAT = _WHAT_TEXT.split()
_GEO = ["Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID"]
_GEO_1 = [name for name in _GEO if name != "ADM2Code"]


def _gdelt(geo: Sequence[str], tail: Sequence[str]) -> tuple[str, ...]:
    parties = [f"Actor{n}{name}" for n in (1, 2) for name in _ACTOR]
    places = [f"{of}Geo_{name}" for of in ("Actor1", "Actor2", "Action") for name in geo]
    return ("GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate", *parties, *_WHAT, *places, *tail)


def _gdelt_party(side: str, n: int) -> dict[str, str]:
    return {
        f"{side}": f"{{Actor{n}Name}}",
        f"{side}_given": f"{{Actor{n}CountryCode}}",
        f"{side}_group": f"{{Actor{n}KnownGroupCode}}",
        f"{side}_kind": f"{{Actor{n}Type1Code}}",
        f"{side}_sector": f"{{Actor{n}Type1Code}}",
        f"{side}_is": f"{{Actor{n}Code}}",
    }


_GDELT_FIELDS = {
    "id": "{GLOBALEVENTID}",
    "day": "try_strptime({SQLDATE}, '%Y%m%d')::DATE",
    **_gdelt_party("actor", 1),
    **_gdelt_party("recipient", 2),
    "cameo_given": "{EventCode}",
    "quad": "{QuadClass}",
    "score": "{GoldsteinScale}",
    "place": "{ActionGeo_FullName}",
    "place_given": "{ActionGeo_CountryCode}",
    "lat": "{ActionGeo_Lat}",
    "lon": "{ActionGeo_Long}",
    "url": "{SOURCEURL}",
    "published": "coalesce(try_strptime({DATEADDED}, '%Y%m%d%H%M%S'), try_strptime({DATEADDED}, '%Y%m%d'))",
    "mentions": "{NumMentions}",
    "sources": "{NumSources}",
    "articles": "{NumArticles}",
    "tone": "{AvgTone}",
}

_MENTIONS_TEXT = """
    GLOBALEVENTID EventTimeDate MentionTimeDate MentionType MentionSourceName MentionIdentifier SentenceID
    Actor1CharOffset Actor2CharOffset ActionCharOffset InRawText Confidence MentionDocLen MentionDocTone
    MentionDocTranslationInfo Extras
"""
_MENTIONS = _MENTIONS_TEXT.split()

_GEO_OF_STATES = {
    "lat": "{Latitude}",
    "lon": "{Longitude}",
    "place": "concat_ws(', ', {City}, {District}, {Province})",
    "place_given": "{Country}",
}
# Written as 2017-12-01, and in one release as 12/1/2017: the month first.
_DAY = "coalesce(try_cast({0} AS DATE), try_strptime({0}, '%m/%d/%Y')::DATE)"


def day(column: str) -> str:
    """A day in either of the two styles; NULL if it is in neither."""
    return _DAY.replace("{0}", column)


def _icews_party(side: str, name: str) -> dict[str, str]:
    sectors = f"{{{name} Sectors}}"
    return {
        f"{side}": f"{{{name} Name}}",
        f"{side}_given": f"{{{name} Country}}",
        f"{side}_group": f"{{{name} Name}}",
        f"{side}_kind": (
            f"CASE WHEN contains({sectors}, 'International Government Organization') THEN 'IGO' "
            f"WHEN contains({sectors}, 'Nongovernmental Organization (International)') THEN 'NGO' "
            f"WHEN contains({sectors}, 'Multinational Corporation') THEN 'MNC' "
            f"WHEN contains({sectors}, 'International Insurgents') THEN 'IMG' END"
        ),
        f"{side}_sector": sectors,
        f"{side}_is": f"coalesce({{{name} Name}}, {sectors})",
    }


_ICEWS_FIELDS = {
    "id": "{Event ID}",
    "day": day("{Event Date}"),
    **_icews_party("actor", "Source"),
    **_icews_party("recipient", "Target"),
    "cameo_given": "{CAMEO Code}",
    "score": "{Intensity}",
    **_GEO_OF_STATES,
    "source": "{Publisher}",
    "text": "{Event Text}",
    "story": "{Story ID}",
    "sentence": "{Sentence Number}",
}


def _polecat_party(side: str, name: str) -> dict[str, str]:
    return {
        f"{side}": f"{{{name} Name}}",
        f"{side}_given": f"{{{name} Country}}",
        f"{side}_cow": f"{{{name} COW}}",
        f"{side}_group": f"{{{name} Name}}",
        f"{side}_sector": f"coalesce({{{name} Sectors}}, {{Primary {name} Sector}})",
        f"{side}_is": f"coalesce({{{name} Name}}, {{{name} Name Raw}})",
    }


_POLECAT_FIELDS = {
    "id": "{Event ID}",
    "day": day("{Event Date}"),
    **_polecat_party("actor", "Actor"),
    **_polecat_party("recipient", "Recipient"),
    "type_given": "{Event Type}",
    "mode": "lower({Event Mode})",
    "contexts": "{Contexts}",
    "quad": "coalesce(list_position([" + ", ".join(f"'{name}'" for name in QUADS) + "], upper({Quad Code}))::VARCHAR, "
    "{Quad Code})",
    "score": "{Intensity}",
    **_GEO_OF_STATES,
    "place": "coalesce({Placename}, nullif(concat_ws(', ', {City}, {District}, {Province}), ''))",
    "source": "{Source}",
    "published": f"{day('{Publication Date}')}::TIMESTAMP",
    "lang": "{Language}",
    "version": "{Version}",
}

_POLECAT_TEXT = (
    "Event ID|Event Date|Event Type|Event Mode|Intensity|Quad Code|Contexts|Actor Name|Actor Country|Actor COW|"
    "Primary Actor Sector|Actor Sectors|Actor Title|Actor Name Raw|Wikipedia Actor ID|Recipient Name|"
    "Recipient Country|Recipient COW|Primary Recipient Sector|Recipient Sectors|Recipient Title|"
    "Recipient Name Raw|Wikipedia Recipient ID|Placename|City|District|Province|Country|Latitude|Longitude|"
    "GeoNames ID|Raw Placename|Feature Type|Source|Publication Date|Story People|Story Organizations|"
    "Story Locations|Language|Version"
)
_POLECAT = _POLECAT_TEXT.split("|")
_ICEWS_TEXT = (
    "Event ID|Event Date|Source Name|Source Sectors|Source Country|Event Text|CAMEO Code|Intensity|Target Name|"
    "Target Sectors|Target Country|Story ID|Sentence Number|Publisher|City|District|Province|Country|Latitude|"
    "Longitude"
)
_ICEWS = _ICEWS_TEXT.split("|")


def _plover_party(side: str, path: str) -> dict[str, str]:
    def joined(name: str, separator: str) -> str:
        """What the entities say, each thing once, in their order."""
        told = f"(line->>'$.{path}[*].{name}')"
        return f"array_to_string([x FOR x, n IN {told} IF x <> '' AND list_position({told}, x) = n], '{separator}')"

    name = joined("entity_text", "; ")
    return {
        f"{side}": name,
        f"{side}_given": joined("code", ";"),
        f"{side}_group": name,
        f"{side}_sector": joined("sector", ";"),
        f"{side}_is": f"coalesce(nullif({name}, ''), nullif({joined('code', ';')}, ''))",
    }


def _first(name: str) -> str:
    """A word, or the first of a list of words."""
    alone = f"CASE WHEN json_type(line, '$.{name}') = 'VARCHAR' THEN line->>'$.{name}' END"
    return f"coalesce(line->>'$.{name}[0]', {alone})"


# JSON: `line` is the object.
_PLOVER_FIELDS = {
    "id": "line->>'$.id'",
    "day": "try_cast(line->>'$.date' AS DATE)",
    "last_day": "try_cast(line->>'$.enddate' AS DATE)",
    **_plover_party("actor", "actor"),
    **_plover_party("recipient", "recipient"),
    "type_given": _first("event"),
    "mode": f"lower({_first('mode')})",
    "contexts": "array_to_string(line->>'$.context[*]', ';')",
    "quad": "line->>'$.quad_code'",
    "score": "line->>'$.event_scale'",
    "place": "coalesce(line->>'$.event_loc.resolved_place', line->>'$.event_loc.extracted_place')",
    "place_given": "coalesce(line->>'$.event_loc.country_code', line->>'$.event_loc.country')",
    "lat": "line->>'$.event_loc.lat'",
    "lon": "line->>'$.event_loc.lon'",
    "source": "line->>'$.cite_info.publication'",
    "url": "coalesce(line->>'$.cite_info.url', line->>'$.link')",
    "text": "line->>'$.text'",
    "lang": "line->>'$.cite_info.language'",
    "sentence": "line->>'$.text_info.sequence'",
    "version": "coalesce(line->>'$.coder', line->>'$.cite_info.coder')",
}

_GDELT_NEEDS = ("GLOBALEVENTID", "SQLDATE", "Actor1CountryCode", "Actor2CountryCode", "EventCode")

LAYOUTS = (
    Layout(
        dataset="gdelt",
        table="imported",
        columns=_gdelt(_GEO, ("DATEADDED", "SOURCEURL")),
        needs=_GDELT_NEEDS,
        scheme="cameo",
        places="fips",
        fields=_GDELT_FIELDS,
    ),
    Layout(
        dataset="gdelt",
        table="imported_mentions",
        columns=tuple(_MENTIONS),
        needs=("GLOBALEVENTID", "MentionTimeDate", "MentionIdentifier"),
        key="",
        fields={},
    ),
    *(
        Layout(
            dataset="gdelt1",
            table="imported",
            columns=_gdelt(_GEO_1, tail),
            needs=_GDELT_NEEDS,
            scheme="cameo",
            places="fips",
            fields=_GDELT_FIELDS,
        )
        for tail in (("DATEADDED", "SOURCEURL"), ("DATEADDED",))
    ),
    Layout(
        dataset="icews",
        table="imported",
        columns=tuple(_ICEWS),
        headed=True,
        needs=("Event ID", "Event Date", "Source Country", "CAMEO Code", "Target Country"),
        scheme="name",
        places="name",
        key="id, day",
        fields=_ICEWS_FIELDS,
    ),
    Layout(
        dataset="polecat",
        table="imported",
        columns=tuple(_POLECAT),
        headed=True,
        needs=("Event ID", "Event Date", "Event Type", "Actor Country", "Recipient Country"),
        scheme="iso3",
        places="iso3 name",
        fields=_POLECAT_FIELDS,
    ),
    Layout(
        dataset="plover",
        table="imported",
        columns=("line",),
        scheme="iso3 iso2",
        places="iso3 iso2 name",
        fields=_PLOVER_FIELDS,
    ),
)


def plain(name: str) -> str:
    """A column's name as it is compared: `CAMEO Code` and `cameo_code` are one."""
    return re.sub(r"[^a-z0-9]", "", name.lower())

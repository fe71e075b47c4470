"""Own and imported events in one shape: what every format is written from."""

from collections.abc import Sequence

from relasi import world
from relasi.formats import states
from relasi.relations.origins import OWN, foreign
from relasi.relations.select import DATED, Filter, where
from relasi.store import Store
from relasi.world.crosswalk import cameo_codes, cameo_of

# Characters that end a column or a line stand in no text that is written.
_CLEAN = "trim(regexp_replace({0}, '[\\x00-\\x1f]+', ' ', 'g'))"


def _of_record(side: str) -> str:
    """A side's names and sectors out of a record line, each once; the words where nobody is named."""

    def once(name: str, separator: str) -> str:
        told = f"(record->>'$.{side}[*].{name}')"
        return f"array_to_string([x FOR x, n IN {told} IF list_position({told}, x) = n], '{separator}')"

    return f"coalesce(nullif({once('name', '; ')}, ''), {once('text', '; ')}), {once('sector', ';')}"


_OWN = f"""
    SELECT 'own' AS origin, id, day, last_day, actor_codes, {_of_record("actors")}, recipient_codes,
        {_of_record("recipients")}, type, mode, (record->>'$.contexts[*]') AS contexts, status, NULL AS cameo,
        NULL::DOUBLE AS score, NULL::TINYINT AS quad, record->>'$.place.name' AS place, place_code,
        (record->>'$.place.lat')::DOUBLE AS lat, (record->>'$.place.lon')::DOUBLE AS lon, source, url,
        record->>'$.text' AS text, lang, published, article_id AS story, (record->>'$.sentence')::INTEGER AS sentence,
        NULL::INTEGER AS mentions, NULL::INTEGER AS sources, NULL::INTEGER AS articles, NULL::DOUBLE AS tone, version,
        confidence, dated_by, NULL::VARCHAR AS file, NULL::BIGINT AS row
    FROM ({DATED}) JOIN (SELECT id AS article_id, published FROM articles) USING (article_id)
    WHERE {{own}}
"""
_IMPORTED = """
    SELECT i.dataset, i.id, day, last_day, actor_codes, actor, actor_sector, recipient_codes, recipient,
        recipient_sector, type, mode, contexts, 'actual', cameo, score, quad, place, place_code, lat, lon, source, url,
        text, lang, published, story, sentence, mentions, sources, articles, tone, i.version, NULL, 'data_set', f.file,
        i.row
    FROM imported i JOIN imports f ON f.id = i.import_id WHERE i.dataset IN ({sets})
"""
_NAMES_TEXT = """
    origin id day last_day actor_codes actor actor_sector recipient_codes recipient recipient_sector type mode
    contexts status cameo score quad place place_code lat lon source url text lang published story sentence mentions
    sources articles tone version confidence dated_by file row
"""
_NAMES = _NAMES_TEXT.split()
_TEXTS_TEXT = """
    id actor actor_sector recipient recipient_sector place source url text story version
"""
_TEXTS = _TEXTS_TEXT.split()


def flatten(store: Store, wanted: Filter, origins: Sequence[str]) -> None:
    """Make the table `flat` of the events that pass the filter, and `known`, the codes of states.

    `cameo`, `goldstein`, `score` and `quad` are the data set's own, or what the type, mode and contexts stand for.
    """
    _states(store)
    conditions, values = where(wanted)
    texts = ", ".join(f"nullif({_CLEAN.format(name)}, '') AS {name}" for name in _TEXTS)
    sql = _OWN.format(own="true" if OWN in origins else "false")
    if sets := foreign(origins):
        sql += f" UNION ALL {_IMPORTED.format(sets=sets)}"
    store.query(
        f"""
        CREATE OR REPLACE TEMP TABLE chosen AS
        SELECT * REPLACE ({texts}) FROM ({sql}) AS f ({", ".join(_NAMES)}) WHERE {conditions}
        """,
        values,
    )
    kinds = store.query("SELECT DISTINCT type, mode, contexts FROM chosen WHERE type IS NOT NULL AND cameo IS NULL")
    store.query("CREATE OR REPLACE TEMP TABLE meant (type VARCHAR, mode VARCHAR, contexts VARCHAR[], code VARCHAR)")
    store.insert("meant", [(*kind, cameo_of(*kind)) for kind in kinds])
    store.query("CREATE OR REPLACE TEMP TABLE cameo_values (code VARCHAR, goldstein DOUBLE, quad TINYINT)")
    store.insert("cameo_values", [(c.code, c.goldstein, c.quad) for c in cameo_codes().values()])
    store.query(
        """
        CREATE OR REPLACE TEMP TABLE flat AS
        SELECT c.* REPLACE (coalesce(c.cameo, m.code) AS cameo, coalesce(c.score, t.score) AS score,
                coalesce(c.quad, t.quad, v.quad) AS quad, coalesce(c.contexts, []) AS contexts),
            v.goldstein, v.quad AS cameo_quad,
            [getvariable('cow')[x] FOR x IN actor_codes] AS actor_cow,
            [getvariable('gw')[x] FOR x IN actor_codes] AS actor_gw,
            [getvariable('cow')[x] FOR x IN recipient_codes] AS recipient_cow,
            [getvariable('gw')[x] FOR x IN recipient_codes] AS recipient_gw
        FROM chosen c LEFT JOIN meant m ON m.type = c.type AND m.mode IS NOT DISTINCT FROM c.mode
            AND m.contexts = c.contexts AND c.cameo IS NULL
        LEFT JOIN cameo_values v ON v.code = coalesce(c.cameo, m.code) LEFT JOIN types t ON t.type = c.type
        """
    )


def _states(store: Store) -> None:
    """The states with their codes side by side, as the table `known` and as lists to look up in."""
    fips = {code: given for scheme, given, code, why in states.rows() if scheme == "fips" and why == "fips"}
    store.query(
        "CREATE OR REPLACE TEMP TABLE known (iso3 VARCHAR, cow INTEGER, gw INTEGER, fips VARCHAR, name VARCHAR)"
    )
    store.insert(
        "known",
        [(s.code, s.cow.number if s.cow else None, s.gw, fips.get(s.code), s.label("en")) for s in world.states()],
    )
    for name in ("cow", "gw", "fips", "name"):
        store.query(f"SET VARIABLE {name} = (SELECT map(list(iso3), list({name}::VARCHAR)) FROM known)")

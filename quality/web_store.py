"""An invented store as large as years of news: what `quality.web` asks questions of."""

import random
from pathlib import Path

import msgspec

from quality.scale import fill
from relasi.records import Event, Party, Trigger
from relasi.store import Store

EVENTS, ARTICLES = 1_000_000, 100_000
_SENTENCES = 400  # different ones; parties and types come on top
_ACTS = (
    "membahas", "menolak", "menyetujui", "mengecam", "mendukung", "membatalkan", "menandatangani", "mengakui",
    "membantah", "akan mengirim", "berjanji memperpanjang", "menunda", "melaporkan", "memeriksa",
)  # fmt: skip
_THINGS = (
    "kuota ikan tuna", "jalur kereta", "tarif baja", "pasokan gas", "garis batas laut", "latihan kapal",
    "beras bantuan", "pinjaman pelabuhan", "visa pelajar", "pengungsi banjir", "satelit cuaca", "ekspor nikel",
    "kabel bawah laut",
)  # fmt: skip
_PLACES = ("di ibu kota", "di sidang tahunan", "di perbatasan utara", "lewat surat resmi", "dalam sambungan telepon")

# The parties stand in the sentences as AAA and BBB; an event in 30 is denied.
_WORDS = """
    CREATE TEMP TABLE sentences AS SELECT unnest($texts) AS text, unnest($records) AS record, unnest($numbers) AS n;
    UPDATE articles SET title = 'Warta ' || id, source = 'Harian ' || (hash(id) % 40)::VARCHAR, text = (
        SELECT string_agg(s.text, ' ' ORDER BY s.n) FROM sentences s WHERE (s.n + hash(articles.id) % 40) % 40 = 0
    );
    CREATE TEMP TABLE said AS
    SELECT t.id, replace(replace(replace(replace(s.record, 'ARTICLE', t.article_id), 'AAA', t.p), 'BBB', t.q),
        'CONSULT', t.type) AS record, hash(t.id) % 30 = 0 AS denied
    FROM told t JOIN sentences s ON s.n = hash(t.story) % $sentences;
    UPDATE events SET record = CASE WHEN denied THEN replace(said.record, '"actual"', '"denied"') ELSE said.record END,
        status = CASE WHEN denied THEN 'denied' ELSE 'actual' END
    FROM said WHERE said.id = events.id;
    INSERT INTO story_reports SELECT id, story_id, story_id FROM told;
    INSERT INTO origins SELECT id, source, 'outlet', id, [] FROM articles;
    INSERT INTO reports SELECT id, article_id, 'id', type, NULL, 'actual', [p], [q], NULL, NULL, false, NULL, NULL,
        NULL, NULL, NULL, [], [hash(n * 7 + i) % 5000 FOR i IN range(8)]::UINTEGER[], [], [] FROM told;
    INSERT INTO figures SELECT article_id, 0, 3, 'trade', [p, q], hash(n) % 1000, 'USD', 'up', $figure FROM told
    WHERE n % 20 = 0;
"""
_FIGURE = (
    '{"article_id":"","text":"AAA","start":0,"end":3,"measure":"trade","codes":[],"value":1.0,"unit":"USD",'
    '"change":"up","from":null,"to":null,"said_by":[],"sentence":0}'
)


def make(path: Path, events: int = EVENTS, articles: int = ARTICLES, seed: int = 3) -> Path:
    """The store at a path, made if it is not there."""
    if path.exists():
        return path
    new = path.with_suffix(".new")
    new.unlink(missing_ok=True)
    with Store(new) as store:
        store.query("SET enable_progress_bar = false")
        fill(store, events, seed, events // articles)
        some = sentences(seed)
        values = {
            "texts": [e.text for e in some], "records": [msgspec.json.encode(e).decode() for e in some],
            "numbers": list(range(len(some))), "sentences": len(some), "figure": _FIGURE,
        }  # fmt: skip
        for step in filter(str.strip, _WORDS.split(";")):
            store.query(step, {k: v for k, v in values.items() if f"${k}" in step})
    new.rename(path)
    return path


def sentences(seed: int) -> list[Event]:
    """Events in the words of invented sentences."""
    rnd = random.Random(seed)
    return [_event(rnd.choice(_ACTS), rnd.choice(_THINGS), rnd.choice(_PLACES), n) for n in range(_SENTENCES)]


def _event(act: str, thing: str, place: str, number: int) -> Event:
    text = f"AAA {act} {thing} dengan BBB {place} untuk kali ke-{number}."
    actor, recipient = (
        Party(text=c, start=text.index(c), end=text.index(c) + 3, name=c, kind="state", code=c, codes=(c,), sector=None)
        for c in ("AAA", "BBB")
    )
    return Event(
        article_id="ARTICLE", lang="id", sentence=0, sentence_start=0, text=text, type="CONSULT", mode=None,
        contexts=(), status="actual", trigger=Trigger(text=act, start=4, end=4 + len(act)), actors=(actor,),
        recipients=(recipient,), said_by=(), place=None, time=None, date_from=None, date_to=None, confidence=0.7,
        method="made", version="0",
    )  # fmt: skip

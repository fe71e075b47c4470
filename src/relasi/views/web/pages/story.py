"""A story: what its reports say on the whole, each report in its words, and why it was joined with the others."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter
from fastapi.responses import RedirectResponse, Response

from relasi import world
from relasi.records import Record
from relasi.store import Store
from relasi.stories import Told, told
from relasi.views.web.phrasing import Phrasing
from relasi.views.web.reasons import reason
from relasi.views.web.site import Viewing
from relasi.world.crosswalk import cameo_codes, cameo_of

router = APIRouter()

REPORTS, SOURCES = 40, 30


class Mapped(Record, frozen=True, kw_only=True):
    """What a story is in the field's codes: PLOVER and CAMEO, each with its number."""

    mode: str
    contexts: tuple[str, ...]
    quad: str
    score: float
    cameo: str
    goldstein: float


class Reason(Record, frozen=True, kw_only=True):
    """A piece of evidence for (above 0) or against two reports being of one story."""

    words: str
    weight: float


class Source(Record, frozen=True, kw_only=True):
    """Who wrote some of a story's articles first, how that is known, and the articles by their outlets."""

    name: str
    whys: tuple[str, ...]
    outlets: dict[str, list[str]]

    @property
    def articles(self) -> int:
        return sum(map(len, self.outlets.values()))


@router.get("/story/{id_}")
def story(view: Viewing, id_: str) -> Response:
    """The page of a story; the beginning of its id, or the id of one of its reports, leads to it."""
    found = told(view.store, id_, explained=REPORTS)
    if found.id != id_:
        return RedirectResponse(view.path("story", found.id), 303)
    sources = _sources(view.store, view, found.id)
    titles = _titles(view.store, found)
    return view.render(
        "story.html",
        story=found,
        act=view.words.act(found.type, found.actors, found.recipients, planned=found.status == "planned"),
        pairs=_pairs(view.store, found.id),
        mapped=_mapped(view.store, view, found),
        by_article=_by_article(view.store, found.id),
        reports=[(r, titles.get(r.event.article_id), reasons(r.reasons, view)) for r in found.reports[:REPORTS]],
        origin_why=lambda why: reason("origin", why, view.ui),
        date_why=lambda why: reason("date", why, view.ui),
        sources=sources[:SOURCES],
        sources_count=len(sources),
    )


def reasons(given: Mapping[str, float], view: Phrasing) -> list[Reason]:
    """Evidence in words, what weighs most first."""
    ranked = sorted(given.items(), key=lambda item: -abs(item[1]))
    return [Reason(words=reason("joined", name, view.ui), weight=weight) for name, weight in ranked]


def _pairs(store: Store, id_: str) -> list[tuple[str, str]]:
    sql = "SELECT DISTINCT a, b FROM story_dyads WHERE story_id = ? AND a <> '' AND b <> '' ORDER BY a, b"
    return [(a, b) for a, b in store.query(sql, [id_])]


def _by_article(store: Store, id_: str) -> bool:
    return bool(store.query("SELECT by_article FROM stories WHERE id = ?", [id_])[0][0])


def _mapped(store: Store, view: Phrasing, found: Told) -> Mapped:
    mode, contexts = store.query("SELECT mode, contexts FROM stories WHERE id = ?", [found.id])[0]
    kind = world.event_types()[found.type]
    cameo = cameo_of(found.type, mode, contexts)
    known = cameo_codes().get(cameo)
    return Mapped(
        mode=reason("mode", mode, view.ui) if mode else "",
        contexts=tuple(view.context(name) for name in contexts),
        quad=view.quads()[kind.quad],
        score=kind.score,
        cameo=cameo,
        goldstein=known.goldstein if known else kind.goldstein,
    )


def _titles(store: Store, found: Told) -> dict[str, str | None]:
    ids = [r.event.article_id for r in found.reports[:REPORTS]]
    return dict(store.query("SELECT id, title FROM articles WHERE list_contains($ids, id)", {"ids": ids}))


def _sources(store: Store, view: Phrasing, id_: str) -> list[Source]:
    """Who stands behind a story, those with most articles first: what agrees with itself is no second witness."""
    rows: list[tuple[Any, ...]] = store.query(
        """
        SELECT DISTINCT o.origin, o.why, a.id, coalesce(a.source, '') FROM story_reports s
        JOIN events e ON e.id = s.event_id JOIN articles a ON a.id = e.article_id JOIN origins o ON o.article_id = a.id
        WHERE s.story_id = ? ORDER BY ALL
        """,
        [id_],
    )
    outlets: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    whys: dict[str, set[str]] = defaultdict(set)
    for origin, why, article, outlet in rows:
        outlets[origin][outlet].append(article)
        whys[origin].add(reason("origin", why, view.ui))
    made = [Source(name=name, whys=tuple(sorted(whys[name])), outlets=by) for name, by in outlets.items()]
    return sorted(made, key=lambda source: (-source.articles, source.name))

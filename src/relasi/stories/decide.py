"""What a person says about stories: that two are one, or that a report is not of a story. Kept, and can be undone."""

from collections.abc import Sequence

from relasi.errors import InputError
from relasi.store import Store
from relasi.stories.fuse import retie
from relasi.stories.grouping import regroup

# Of a story of more reports, so many are tied to those of the other: they draw the rest along.
_MOST = 100


def story_of(store: Store, id_: str) -> str:
    """The story of an id, or of its beginning, or of one of its reports; InputError if there is none, or several."""
    found = store.query(
        "SELECT DISTINCT story_id FROM story_reports WHERE starts_with(event_id, $id) OR starts_with(story_id, $id)",
        {"id": id_},
    )
    if len(found) != 1:
        why = "several stories begin so; give more of the id" if found else "no such story; see: relasi events"
        raise InputError("story", f"{id_}: {why}")
    return str(found[0][0])


def merge(store: Store, one: str, other: str) -> str:
    """Two stories become one; its id."""
    a, b = sorted((story_of(store, one), story_of(store, other)))
    if a == b:
        raise InputError("story", f"{one} and {other} are one story already")
    sides = [_reports(store, story)[:_MOST] for story in (a, b)]
    _decide(store, [(x, y) for x in sides[0] for y in sides[1]], same=True)
    return story_of(store, a)


def split(store: Store, id_: str, reports: Sequence[str]) -> str:
    """Reports leave their story; the id of what is left of it."""
    story = story_of(store, id_)
    inside = _reports(store, story)
    leaving = {event for event in inside for name in reports if event.startswith(name)}
    unknown = [name for name in reports if not any(event.startswith(name) for event in inside)]
    if unknown:
        raise InputError("story", f"{', '.join(unknown)}: no report of story {story}; see: relasi story {story}")
    staying = [event for event in inside if event not in leaving]
    if not staying:
        raise InputError("story", f"all reports of {story} are named: nothing would be left of it")
    _decide(store, [(a, b) for a in sorted(leaving) for b in staying], same=False)
    return story_of(store, staying[0])


def undo(store: Store, id_: str) -> int:
    """Take back what was said about the reports of a story; how many words of it."""
    inside = _reports(store, story_of(store, id_))
    with store.transaction():
        taken = store.query(
            "DELETE FROM decisions WHERE list_contains($ids, a) OR list_contains($ids, b) RETURNING a, b, made",
            {"ids": inside},
        )
        retie(store, sorted({*inside, *(id_ for a, b, _ in taken for id_ in (a, b))}))
    return len({made for _, _, made in taken})


def _reports(store: Store, story: str) -> list[str]:
    sql = "SELECT event_id FROM story_reports WHERE story_id = ? ORDER BY event_id"
    return [event for (event,) in store.query(sql, [story])]


def _decide(store: Store, pairs: Sequence[tuple[str, str]], *, same: bool) -> None:
    with store.transaction():
        for a, b in pairs:
            store.query("DELETE FROM decisions WHERE (a = $a AND b = $b) OR (a = $b AND b = $a)", {"a": a, "b": b})
            store.query("INSERT INTO decisions (a, b, same) VALUES (?, ?, ?)", [a, b, same])
        regroup(store, sorted({id_ for pair in pairs for id_ in pair}))

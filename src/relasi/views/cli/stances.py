"""`relasi positions` and `reactions`: what states say they are for and against, and how others react to two of them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rich.table import Table
from rich.text import Text

from relasi import world
from relasi.relations.positions import Position, Stance, positions
from relasi.relations.reactions import Reaction, reactions
from relasi.store import Store
from relasi.views.cli.listing import QUAD_STYLES, console_of, marked
from relasi.views.cli.record import write_rows
from relasi.views.texts import Say, speaker

_SIDES = {1: "for", -1: "against"}
_SHORT = 8  # characters of an id


def show_positions(
    path: Path, a: str, b: str | None, since: str | None, until: str | None, style: str, ui: str
) -> None:
    """Print the issues that states take sides on, each side with its words."""
    one, other = world.two(a, b) if b else (world.code_of(a), None)
    with Store(path, read_only=True) as store:
        found = positions(store, one, other, since, until)
    if style != "table":
        write_rows(style, _STANCE, (_stance_row(p, s) for p in found for s in (*p.a, *p.b)))
        return
    say, console = speaker(ui), console_of()
    if not found:
        console.print(say("no_positions"))
    for position in found:
        issue = world.issues()[position.issue]
        relation = say(position.relation or "one_heard") if b else ""
        console.print(Text(f"\n{issue.names[ui]}", style="bold"), Text(issue.says[ui], style="dim"), relation)
        table = Table(box=None, pad_edge=False, header_style="bold")
        for key in ("who", "stance", "date"):
            table.add_column(say(key), no_wrap=True)
        table.add_column(say("sources"), justify="right")
        table.add_column(say("words"), ratio=1)
        for s in sorted((*position.a, *position.b), key=lambda s: not s.joint):
            who = say("jointly", state=s.state) if s.joint else s.state
            table.add_row(who, say(_SIDES[s.sign]), str(s.day or "?"), str(s.sources), marked(s.event))
        console.print(table)


_STANCE = ("issue", "contexts", "relation", "state", "stance", "joint", "date", "phrase", "type", "trigger", "text",
           "sources", "article_id", "event_id", "story_id")  # fmt: skip


def _stance_row(p: Position, s: Stance) -> dict[str, Any]:
    event, contexts = s.event, world.issues()[p.issue].contexts
    values = (p.issue, contexts, p.relation, s.state, _SIDES[s.sign], s.joint, s.day, s.words, event.type,
              event.trigger.text, event.text, s.sources, s.article_id, s.event_id, s.story)  # fmt: skip
    return dict(zip(_STANCE, values, strict=True))


def show_reactions(
    path: Path, states: tuple[str, str], since: str | None, until: str | None, style: str, ui: str
) -> None:
    """Print how third states reacted to what happened between two, and why each is taken for a reaction."""
    codes = world.two(*states)
    with Store(path, read_only=True) as store:
        found = reactions(store, *codes, since, until)
    if style != "table":
        write_rows(style, _REACTION, map(_reaction_row, found))
        return
    say, console = speaker(ui), console_of()
    table = Table(box=None, pad_edge=False, header_style="bold")
    for key in ("story", "date", "who", "towards", "event"):
        table.add_column(say(key), no_wrap=key != "who")
    table.add_column(say("sources"), justify="right")
    table.add_column(say("words"), ratio=2)
    table.add_column(say("reacts_to"), ratio=1)
    for r in found:
        kind = Text(r.type, style=QUAD_STYLES[world.event_types()[r.type].quad])
        who, towards = (", ".join(some) for some in (r.by, r.towards))
        to = Text("\n").join(_reacted_to(r, say))
        table.add_row(r.story[:_SHORT], str(r.day or "?"), who, towards, kind, str(r.sources), marked(r.event), to)
    console.print(table if found else say("no_reactions"))


def _reacted_to(r: Reaction, say: Say) -> Iterator[Text]:
    """The act; its own sentence, if it is another; and why the two belong together."""
    yield Text(f"{r.to_event.type} {r.to_event.trigger.text}")
    if r.why == "article":
        yield marked(r.to_event)
    why = say("sentence") if r.why == "sentence" else say("shared_words", words=", ".join(r.shared))
    yield Text(f"{r.to[:_SHORT]}: {why}", style="dim")


_REACTION = ("date", "by", "towards", "type", "trigger", "text", "sources", "article_id", "event_id", "story_id", "why",
             "shared", "to_story_id", "to_type", "to_trigger", "to_text")  # fmt: skip


def _reaction_row(r: Reaction) -> dict[str, Any]:
    event, to = r.event, r.to_event
    values = (r.day, r.by, r.towards, r.type, event.trigger.text, event.text, r.sources, event.article_id, r.event_id,
              r.story, r.why, r.shared, r.to, to.type, to.trigger.text, to.text)  # fmt: skip
    return dict(zip(_REACTION, values, strict=True))

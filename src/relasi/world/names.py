"""Names found in a text and what they stand for: states, capitals, bodies, groups, people, regions.

Names are matched exactly as written (and in full capitals, if long enough). An ambiguous one passes only where its
rule in `name_rules.yaml` lets it.
"""

from collections.abc import Callable, Iterator
from functools import cache
from typing import Literal

import msgspec

from relasi.phrases import Hit, Phrases, Tokens, longest, spaced
from relasi.records import Kind
from relasi.world import tables
from relasi.world.tables import NameRule

Sort = Literal["state", "demonym", "capital", "seat", "body", "group", "official", "region"]

# Names shorter than this are not looked for in full capitals: "MALI" may be, "UK" is one already.
_CAPS = 4


class Name(msgspec.Struct, frozen=True, kw_only=True):
    """What a name stands for. `codes` is empty for a region that is disputed or no party.

    `opens`: a longer name goes on behind it: "USS [Carney]".
    """

    name: str
    sort: Sort
    kind: Kind
    code: str | None
    sector: str | None = None
    stands: bool = True
    lat: float | None = None
    lon: float | None = None
    rule: NameRule | None = None
    opens: bool = False


class Names:
    """The names that a language's texts use, indexed."""

    def __init__(self, lang: str) -> None:
        self._index: Phrases[Name] = Phrases(folded=False)
        rules = {rule.name: rule for rule in tables.name_rules() if rule.lang in (None, lang)}
        taken: set[str] = set()
        for text, name in _all(lang):
            if text in taken and text not in rules:
                continue  # the earlier table wins: states before bodies, groups, people, regions
            taken.add(text)
            rule = rules.get(text)
            if rule and rule.code and rule.code != name.code:
                continue
            value = msgspec.structs.replace(name, rule=rule) if rule else name
            self._index.add(text, value)
            if len(text) >= _CAPS and text.upper() != text and text.upper() not in taken:
                self._index.add(text.upper(), value)
        for text, rule in rules.items():
            if text not in taken and rule.code:
                self._index.add(text, _from_rule(text, rule, lang))

    def find(self, tokens: Tokens, article: Callable[[], str] | None = None) -> list[Hit[Name]]:
        """The names in a sentence, without overlaps, longest first.

        `article` gives the tokens of the whole text: a capital's name, and one whose rule says so, may have the words
        that it needs elsewhere.
        """
        caps = tokens.text.isupper()
        return longest(h for h in self._index.find(tokens.words) if _passes(h, tokens, caps, self._index, article))


@cache
def names(lang: str) -> Names:
    """The names index of a language."""
    return Names(lang)


def _from_rule(text: str, rule: NameRule, lang: str) -> Name:
    state = next((s for s in tables.states() if s.code == rule.code), None)
    return Name(name=state.label(lang) if state else text, sort="state", kind="state", code=rule.code, rule=rule)


def _passes(
    hit: Hit[Name], tokens: Tokens, caps: bool, index: Phrases[Name], article: Callable[[], str] | None
) -> bool:
    rule = hit.value.rule
    if rule is None:
        return True
    before, after = tokens.window(hit.start - 3, hit.start), tokens.window(hit.end, hit.end + 3)
    if (
        (rule.not_in_caps and caps)
        or any(before.endswith(spaced(w)) for w in rule.not_after)
        or any(after.startswith(spaced(w)) for w in rule.not_before)
        or any(tokens.has(spaced(w)) for w in rule.not_near)
    ):
        return False
    if rule.near and not any(tokens.has(spaced(w)) for w in rule.near):
        if article is None or not (rule.article or hit.value.sort == "capital"):
            return False
        line = article()
        if not any(spaced(w) in line for w in rule.near):
            return False
    follows = tokens.words[hit.end] if hit.end < len(tokens) else ""
    return rule.before_name or not (follows.istitle() and follows not in index)


def _all(lang: str) -> Iterator[tuple[str, Name]]:
    """Every name with its meaning, in the order of precedence."""
    for state in tables.states():
        label, code = state.label(lang), state.code
        sorts: list[tuple[Sort, dict[str, tuple[str, ...]]]] = [
            ("state", state.names),
            ("demonym", state.demonyms),
            ("capital", state.capital),
            ("seat", state.seats),
        ]
        for sort, table in sorts:
            kind: Kind = "government" if sort == "seat" else "state"
            for text in table.get(lang, ()):
                yield text, Name(name=label, sort=sort, kind=kind, code=code)
    for body in tables.bodies():
        for text in _either(body.names, lang) + body.acronyms:
            yield text, Name(name=body.id, sort="body", kind=body.kind, code=body.code)
    for group in tables.groups():
        named = Name(name=group.id, sort="group", kind=group.kind, code=group.code, sector=group.sector)
        for text in _either(group.names, lang):
            yield text, msgspec.structs.replace(named, opens=group.opens)
    for person in tables.officials():
        for text in (person.name, *person.aliases):
            yield text, Name(name=person.name, sort="official", kind="person", code=person.code, sector="GOV")
    for region in tables.regions():
        for text in _either(region.names, lang):
            label = (region.names.get(lang) or region.names["en"])[0]
            named = Name(name=label, sort="region", kind="state", code=region.code, stands=region.stands)
            yield text, msgspec.structs.replace(named, lat=region.lat, lon=region.lon)


def _either(table: dict[str, tuple[str, ...]], lang: str) -> tuple[str, ...]:
    """Names in the language, then those in others: the Indonesian press writes 'State Department' as well.

    Short ones of another language are left out: "UN" is the national exam in Indonesian.
    """
    others = (n for names in table.values() for n in names if len(n) >= _CAPS)
    return tuple(dict.fromkeys((*table.get(lang, ()), *others)))

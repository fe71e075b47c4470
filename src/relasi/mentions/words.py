"""A pack's words for actors, indexed."""

import re
from collections.abc import Iterable
from functools import cache

from relasi import lang as languages
from relasi.lang.pack import Pack
from relasi.phrases import index, spaced
from relasi.world import sorts

_ARMED = ("military", "armed_group", "government", "party")


class Words:
    """What a pack says about actors, indexed by words; closed classes of words are the pack's own sets."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        grammar, actors = pack.grammar, pack.actors
        self.heads = index((head, dict.fromkeys(form.lower() for form in head.forms)) for head in actors.heads)
        self.alone = index(((head, head.forms) for head in actors.heads if head.alone), folded=False)
        self.references = index((reference, actors.forms(reference)) for reference in actors.references)
        of_sort = ((spaced(word), sort) for sort, words in actors.sorts.items() for word in words)
        self._sorts = sorted(of_sort, key=lambda item: -len(item[0]))
        owners = (r for r in actors.references if r.owns and r.number == 1)
        # first words of references that a title may belong to: negara, kelompok
        self.owning = {word for r in owners for form in r.forms for word in form.split()[0].split("|")}
        many = (form for head in actors.heads if head.kind in _ARMED for form in head.forms)
        self.armed = frozenset(form.split()[-1].lower() for form in many)
        self.offices = {title: office for office, titles in actors.offices.items() for title in titles}
        self.head_last = pack.meta.order == "head_last"
        self.datelines = tuple(re.compile(pattern) for pattern in pack.meta.datelines)
        self.not_after = tuple(spaced(word) for word in actors.not_after)
        self.not_before = tuple(spaced(word) for word in actors.not_before)
        self.inside_names = grammar.coordinators | actors.posted | actors.of
        self.places_before = grammar.locative | grammar.source | pack.places.before_town
        self.stops = grammar.prepositions | grammar.openers
        self.function = self.stops | grammar.common | grammar.relative | grammar.coordinators
        self.going = pack.places.passes | pack.places.strikes
        self.said_before = _single(form for speech in pack.speech for form in speech.before)
        self.said_after = _single(form for speech in pack.speech for form in speech.after)
        self.suffixed = _single(form for speech in pack.speech for form in speech.suffixed)
        self.no_name = self.function | self.said_before | self.said_after | self.suffixed
        self.according = _single(form for speech in pack.speech for form in speech.according)
        self.pronouns = frozenset(pack.quoting.pronouns)

    def such(self, words: str) -> frozenset[str] | None:
        """The states of all the sorts that words name: "the Arctic island"; None if they name none."""
        told, left = list[frozenset[str]](), f" {words} "
        for word, sort in self._sorts:
            if word in left:  # "island nation" is not "island" as well
                told.append(sorts()[sort])
                left = left.replace(word, " ; ")
        return frozenset.intersection(*told) if told else None


def _single(forms: Iterable[str]) -> frozenset[str]:
    return frozenset(form for form in forms if " " not in form)


@cache
def words_of(lang: str) -> Words:
    """The words for actors of a language; DataError if it has no pack."""
    return Words(languages.load(lang))

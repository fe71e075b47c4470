"""Schema of a language's words for who does what and who says it, a class for each file or rule of a pack.

Closed classes are sets; what is looked for in its order, or is a phrase of several words, is a tuple. Every rule
carries `yes`, a sentence it must match, and `no`, one it must not.
"""

from collections.abc import Iterator
from typing import Literal

import msgspec

from relasi.records import Kind

Voice = Literal["active", "bare", "passive", "noun"]
Frame = Literal["transitive", "mutual", "visit", "intransitive", "receive"]
StatusClass = Literal["negation", "denial", "future", "hypothetical"]
MembershipStatus = Literal["member", "observer", "partner", "candidate", "applies", "leaving", "left", "none"]


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """An event word or phrase: its forms by voice, how its parties stand around it, and what forbids it."""

    lemma: str
    forms: dict[Voice, tuple[str, ...]]
    yes: str
    no: str
    mode: str | None = None
    ctx: tuple[str, ...] = ()
    frame: Frame = "transitive"
    to: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    not_near: tuple[str, ...] = ()
    type: str = ""  # the file's name
    loose: bool = False  # one of `again.yaml`


class Head(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A noun that with a state, a body or a name makes an actor: a title, a ministry, forces, a people.

    `alone`: it is an actor without any. `home`: without a state it belongs to the one of the language's press.
    `bare`: without any it is an actor where an event needs one, that of the same title named before, else at home.
    """

    forms: tuple[str, ...]
    kind: Kind
    yes: str
    no: str
    sector: str | None = None
    alone: bool = False
    home: bool = False
    bare: bool = False
    not_after: frozenset[str] = frozenset()  # words before it that keep it from being bare: "pemilihan Presiden"


class Reference(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Words that stand for an actor named before: `kedua negara` (number 2), `negara itu` (number 1).

    `to`: the nearest state; its own (`negaranya`); who speaks (`pihaknya`), says what
    follows (`said it would`), or speaks the words that it stands in (`we`); a person (`dia`); the other of two
    (`rekannya`); many (`mereka`); a group of this `kind` (`badan itu`), or a bloc; a kingdom; the bearer of a title
    (`sang presiden`). Several are of this `kind`: states, persons, or any (`other`). `<sort>` in a form stands for
    every word of the pack for a sort of states: `the <sort> country`.
    """

    forms: tuple[str, ...]
    kind: Kind
    number: int
    yes: str
    no: str
    not_after: frozenset[str] = frozenset()  # words before it that make it none: "masa jabatan keduanya"
    to: Literal[
        "state",
        "monarchy",
        "own",
        "speaker",
        "sayer",
        "we",
        "person",
        "counterpart",
        "people",
        "group",
        "bloc",
        "title",
    ] = "state"

    @property
    def owns(self) -> bool:
        """Whether a title may belong to what it stands for: "juru bicara kelompok itu"."""
        return self.to in ("state", "monarchy", "group", "bloc")


class Actors(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How the language names actors."""

    heads: tuple[Head, ...]
    offices: dict[str, tuple[str, ...]]  # titles by the office that they name in the table of officials
    references: tuple[Reference, ...]
    sorts: dict[str, tuple[str, ...]]  # words by the sort of states that they name: South American, island
    bodies: dict[str, str | None]  # nouns that name a body, and the code of one that belongs to no state
    bearers: dict[str, tuple[str, ...]]  # the offices of whom a word like `diplomat` may mean
    portfolios: frozenset[str]  # words of what a minister is for
    seated: frozenset[str]  # officials that may be named by their capital alone
    local: frozenset[str]  # people who are of the state that they are in: rebels, protesters
    joint: frozenset[str]  # words in the name of a body of several states
    former: frozenset[str]  # words before what someone was: mantan, former
    unseated: tuple[str, ...]  # words at a title whose bearer does not hold it, not yet, or for another: calon, acting
    owners: frozenset[str]  # words before what someone has: his, its
    peers: frozenset[str]  # words for who holds the same office elsewhere
    of: frozenset[str]  # words between a title and whose it is
    envoys: frozenset[str]  # words in the title of someone sent somewhere
    posted: frozenset[str]  # words between such a title and where: untuk, to
    someone: frozenset[str]  # words before someone who is not named: seorang, a
    this: frozenset[str]  # words that make a reference of a title: sang, itu, the
    not_after: tuple[str, ...]  # words before a state's name that make it a language, a league, a sea
    not_before: tuple[str, ...]  # the same, after it
    offtopic: tuple[str, ...]  # words of sport: a sentence with one of them holds no event

    def forms(self, reference: Reference) -> Iterator[str]:
        """A reference's forms, with each word for a sort of states where they leave it open."""
        words = [word for some in self.sorts.values() for word in some]
        for form in reference.forms:
            yield from (form.replace("<sort>", word) for word in words) if "<sort>" in form else (form,)


class Speech(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Verbs of saying.

    `before`: the speaker is their subject; `after`: it follows ("kata X"); `according`: "menurut X"; `suffixed`: it is
    the ending, which stands for the one before ("katanya"); `medium`: those of `after` that a medium follows
    ("dilansir X"); `close`: those of `before` that are verbs only right behind their subject ("nilai"); `strict`: those
    that say something only with `that`, a colon or a quotation ("added").
    """

    lemma: str
    yes: str
    no: str
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    according: tuple[str, ...] = ()
    suffixed: tuple[str, ...] = ()
    medium: tuple[str, ...] = ()
    close: tuple[str, ...] = ()
    strict: tuple[str, ...] = ()
    denies: bool = False


class Channels(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Where or to whom something is said: an opener and, at most two words on, a noun (`lewat akun X`).

    `towards`: openers that anybody may follow (`kepada Reuters`). `told`: verbs of saying whose object is the audience.
    """

    openers: tuple[str, ...]
    nouns: tuple[str, ...]
    towards: tuple[str, ...]
    audiences: tuple[str, ...]
    yes: str
    no: str
    told: tuple[str, ...] = ()


class Quoting(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Words around what is said that are no verbs of saying."""

    pronouns: tuple[str, ...]  # for a speaker named before: "kata dia"
    demonstratives: tuple[str, ...]  # behind a title, they make it such a word: "kata diplomat itu"
    honorifics: tuple[str, ...]  # the same, before it: "ujar sang presiden"
    indefinites: tuple[str, ...]  # open a speaker who has no name: "seorang pejabat"
    summing: tuple[str, ...]  # what was said in the sentence before: "hal itu disampaikan X"
    like: tuple[str, ...]  # right before a verb of saying: "seperti dikatakan X"
    media: tuple[str, ...]  # media without a name: "media pemerintah"
    titles: tuple[str, ...]  # before a name and no part of it, beside the heads of actors.yaml
    ends: tuple[str, ...]  # words that end a speaker's name or title
    channels: Channels


class ClaimWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Words by which what was said before is owned up to (mengakui) or taken back (meralat).

    `promising`: words in or beside an event word by which something is undertaken; `recalling`: that it was undertaken
    before; `keeping`, `breaking`: that it was promised and is kept, or is not; `dropping`: that something is given up
    or late, promised or not; `until`: that it is due by a time, `before`: before it,
    `within`: within a length of time.
    """

    admitting: tuple[str, ...]
    retracting: tuple[str, ...]
    promising: tuple[str, ...]
    recalling: tuple[str, ...] = ()
    until: tuple[str, ...] = ()
    within: tuple[str, ...] = ()
    before: frozenset[str] = frozenset()
    keeping: tuple[str, ...]
    breaking: tuple[str, ...]
    dropping: tuple[str, ...]


class Again(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What an article tells again: words looser than those of `events/`, each with its `type`.

    They count only where the article told an event of that type before, or where somebody denies, admits or is accused
    of the act. `after`: a bare noun behind them is one that the reader knows ("seusai pertemuan, ..."); `order`: words
    between two happenings of which one came first; `behind`, `ahead`: behind a length of time, of what came before or
    after ("dua hari setelah", "a week before"); `lasting`: words before how long a thing took; `such`: words that
    make of a thing any of its kind ("insiden semacam itu"); `another`: words that make of it one not told of ("sebuah
    pertemuan", "fresh strikes").

    Of what somebody accused says of himself: `untrue`: phrases that deny it whole ("tidak ada sangkut paut dengan");
    `nobody`: such as deny by their number what follows ("tak seorang pun", "not a single"); `never`: other negations;
    `aspect`: words between one and its verb ("had been"); `own`: words for one's own side. `news`: verbs behind a noun
    that is what the article reports, not what it recalls ("The seizure comes two days after ...").
    """

    words: tuple[Entry, ...]
    after: tuple[str, ...]
    order: frozenset[str]
    behind: tuple[str, ...]
    ahead: tuple[str, ...]
    lasting: frozenset[str]
    such: frozenset[str]
    another: frozenset[str]
    untrue: tuple[str, ...] = ()
    nobody: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    aspect: frozenset[str] = frozenset()
    own: frozenset[str] = frozenset()
    news: frozenset[str] = frozenset()


class MembershipRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Phrases in which STATE stands in a relation to BODY. `begins`: a time beside them says since when."""

    status: MembershipStatus
    forms: tuple[str, ...]
    yes: str
    no: str
    begins: bool = False


class Memberships(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How sentences say that a state belongs to a body, and what makes of it a wish, a guess or its contrary."""

    rules: tuple[MembershipRule, ...]
    wanting: frozenset[str]
    doubting: frozenset[str]
    without: frozenset[str]
    after: frozenset[str]  # words that may follow a body's name and are no noun of its phrase: joined NATO last year


class IssueWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, rename={"for_": "for"}):
    """What is for or against the proposition of an issue, or for `neither`, though it holds such a phrase.

    Who says `yes` takes its side, who says `no` opposes it.
    """

    for_: tuple[str, ...]
    against: tuple[str, ...]
    neither: tuple[str, ...] = ()
    yes: str
    no: str


class Issues(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Words of the issues by id; and those before them that turn their sense: ending, opposing or breaking the thing.

    Words of `breaking` turn it also as the event word itself, where one is accused of it: "melanggar hukum". What one
    accuses another of, or rejects, goes on behind those of `because`.
    """

    turning: tuple[str, ...]
    breaking: tuple[str, ...]
    because: frozenset[str]
    issues: dict[str, IssueWords]


class StatusRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Words that change what an event word after them says: not, will, might. `reach`: tokens between the two.

    `after`: the words stand behind a noun ("serangan itu tidak pernah terjadi").
    """

    status: StatusClass
    forms: tuple[str, ...]
    yes: str
    no: str
    reach: int = 3
    after: bool = False


class Glossary(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What words mean, told by English ones: each with the words that stand for it, or their roots.

    A word is made of a root by a prefix, which stands beside the letters that it swallows ("men": t, "menuding"), and a
    suffix.
    """

    words: dict[str, tuple[str, ...]]
    prefixes: dict[str, tuple[str, ...]] = {}
    suffixes: tuple[str, ...] = ("",)


class Grammar(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Closed classes of words, by their part in the sentence."""

    coordinators: frozenset[str]
    beside: frozenset[str]  # joins actors before their verb: "China bersama Rusia menggelar"
    articles: frozenset[str]  # little words before an actor's name: the, para
    locative: frozenset[str]
    agent: frozenset[str]
    mutual: frozenset[str]
    towards: frozenset[str]  # introduces a recipient after any event word: terhadap, against
    source: frozenset[str]
    belonging: frozenset[str]  # says whose a thing is, inside its phrase: "barang asal India"
    made: frozenset[str]  # says whose make a thing is, before the name or after it: "drone buatan Iran", "Iranian-made"
    backed: frozenset[str]  # says whose friend one is, before the name or after it: "milisi dukungan Iran"
    prepositions: frozenset[str]
    relative: frozenset[str]
    openers: frozenset[str]
    sharing: frozenset[str]  # openers whose clause, without a subject of its own, has that of the clause before
    purpose: frozenset[str]
    that: frozenset[str]
    contrast: frozenset[str]  # where what was denied before ends: tetapi, but
    light: frozenset[str]  # verbs that carry an event noun: melakukan, launch
    light_passive: frozenset[str]  # the same in the passive: dilakukan, launched
    stopping: frozenset[str]  # verbs that end what the noun after them names
    determiners: frozenset[str]
    possessives: tuple[str, ...]  # the first that fits is cut off
    be: frozenset[str]
    name_particles: frozenset[str]
    common: frozenset[str]  # frequent words that are capitalised in headlines and are no names

    @property
    def clausal(self) -> frozenset[str]:
        """Words that open a clause, so that the actor behind them may be its subject: `hingga`, `usai`."""
        return self.openers - self.purpose - self.mutual - self.locative - self.source


class Meta(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What the language is, and its numbers."""

    code: str
    name: dict[str, str]
    order: Literal["head_first", "head_last"]
    home: str | None
    multipliers: dict[str, float]
    decimal: str
    abbreviations: tuple[str, ...]
    datelines: tuple[str, ...]  # regular expressions at the start of an article
    stemmer: str | None = None  # the name of its Snowball stemmer
    idle: frozenset[str] = frozenset()  # stems so frequent that sharing them says nothing


class CleaningRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A regular expression of what a site puts between or inside an article's prose.

    `line`: it must take a line (or lines) whole; `inside`: any part of one. Names in angle brackets stand for `parts`.
    Repetitions must be bounded or possessive: texts may be hostile.
    """

    pattern: str
    yes: str
    no: str
    where: Literal["line", "inside"] = "line"


class Cleaning(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What of a text is not the article's own."""

    parts: dict[str, str]  # pieces of patterns, by name; a later one may use an earlier one
    rules: tuple[CleaningRule, ...]

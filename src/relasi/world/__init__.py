"""What is known without reading: states, bodies, groups, people, places, and the event ontology."""

from relasi.world.names import Name, names
from relasi.world.offices import code_at, covers, held, holders, monarchies
from relasi.world.places import Spot, own, towns
from relasi.world.standing import body_of, standing
from relasi.world.tables import (
    Office,
    bodies,
    cameo,
    code_of,
    event_types,
    groups,
    issues,
    known_code,
    name_rules,
    officials,
    plover,
    regions,
    sorts,
    states,
    two,
)

__all__ = [
    "Name",
    "Office",
    "Spot",
    "bodies",
    "body_of",
    "cameo",
    "code_at",
    "code_of",
    "covers",
    "event_types",
    "groups",
    "held",
    "holders",
    "issues",
    "known_code",
    "monarchies",
    "name_rules",
    "names",
    "officials",
    "own",
    "plover",
    "regions",
    "sorts",
    "standing",
    "states",
    "towns",
    "two",
]

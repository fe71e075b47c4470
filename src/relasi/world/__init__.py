"""What is known without reading: states, bodies, groups, people, places, and the event ontology."""

from relasi.world.names import Name, names
from relasi.world.offices import code_at, held, holders, monarchies
from relasi.world.places import Spot, own, towns
from relasi.world.tables import (
    bodies,
    cameo,
    code_of,
    event_types,
    groups,
    issues,
    name_rules,
    officials,
    plover,
    regions,
    states,
)

__all__ = [
    "Name",
    "Spot",
    "bodies",
    "cameo",
    "code_at",
    "code_of",
    "event_types",
    "groups",
    "held",
    "holders",
    "issues",
    "monarchies",
    "name_rules",
    "names",
    "officials",
    "own",
    "plover",
    "regions",
    "states",
    "towns",
]

"""Events in, stories out: the reports of one happening joined."""

from relasi.stories.fuse import Fused, fuse
from relasi.stories.tell import Told, told

__all__ = ["Fused", "Told", "fuse", "told"]

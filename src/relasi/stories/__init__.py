"""Events in, stories out: the reports of one happening joined."""

from relasi.stories.fuse import Fused, fuse, pending

__all__ = ["Fused", "fuse", "pending"]

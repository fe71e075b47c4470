"""Sentences with their actors in, events out: who did what to whom, according to whom.

`code` is the seam: whatever codes (the rules, or the encoder behind them) takes marked sentences and returns events and
the mentions that are worth keeping.
"""

from relasi.events.code import code, code_all

__all__ = ["code", "code_all"]

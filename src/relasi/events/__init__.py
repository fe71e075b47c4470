"""Sentences with their actors in, events out: who did what to whom, according to whom.

`code` is the seam: whatever codes (the rules, or the encoder behind them) takes marked sentences and returns events,
the mentions that are worth keeping, and the quotes.
"""

from relasi.events.code import code, code_all
from relasi.events.quotes import quotes, source_of

__all__ = ["code", "code_all", "quotes", "source_of"]

"""A brief of two states: what happened, what is disputed, promised and open, every sentence with its sources."""

from relasi.views.brief.page import Page, page
from relasi.views.brief.write import KINDS, check, made, write

__all__ = ["KINDS", "Page", "check", "made", "page", "write"]

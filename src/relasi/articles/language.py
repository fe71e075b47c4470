"""The language of a page."""

import re

import py3langid

from relasi import lang
from relasi.records import Page

# The classifier takes some Indonesian texts for Malay or Javanese; both are read with the Indonesian pack, and say so.
_NEAR = {"ms": "id", "jv": "id"}
# A headline is too short to tell sixty languages apart: only the installed ones compete for it.
_SHORT = 200
_SUBTAG = re.compile(r"[-_]")  # en-US, id_ID
_SAMPLE = 2000


def language_of(page: Page) -> tuple[str, str]:
    """The language code and why: 'given', 'identified', or 'near' for a close relative read with another's pack."""
    if page.lang and page.lang.strip():
        return _SUBTAG.split(page.lang.strip().lower())[0], "given"
    ranked = [str(code) for code, _ in py3langid.rank(page.text[:_SAMPLE])]
    if len(page.text) < _SHORT:
        ranked = [code for code in ranked if code in lang.installed()]
    found = ranked[0]
    return (_NEAR[found], "near") if found in _NEAR else (found, "identified")

"""The record in a browser: pages, an HTTP interface, and nothing that leaves the machine."""

from relasi.views.web.app import make_app
from relasi.views.web.serve import serve
from relasi.views.web.site import Settings

__all__ = ["Settings", "make_app", "serve"]

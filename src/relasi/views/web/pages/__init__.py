"""The pages, each with its addresses."""

from relasi.views.web.pages import home, pair

ROUTERS = (home.router, pair.router)

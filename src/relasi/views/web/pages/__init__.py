"""The pages, each with its addresses."""

from relasi.views.web.pages import home, network, pair

ROUTERS = (home.router, pair.router, network.router)

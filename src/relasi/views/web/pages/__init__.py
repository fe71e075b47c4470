"""The pages, each with its addresses."""

from relasi.views.web.pages import claims, home, network, pair, promises

ROUTERS = (home.router, pair.router, network.router, claims.router, promises.router)

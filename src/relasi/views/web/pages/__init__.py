"""The pages, each with its addresses."""

from relasi.views.web.pages import claims, home, network, pair, promises, search, sources

ROUTERS = (
    home.router,
    pair.router,
    network.router,
    claims.router,
    promises.router,
    sources.router,
    search.router,
)

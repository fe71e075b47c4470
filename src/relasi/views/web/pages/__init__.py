"""The pages, each with its addresses."""

from relasi.views.web.pages import (
    article,
    claims,
    home,
    network,
    pair,
    promises,
    search,
    sources,
    state,
    story,
    tryout,
)

ROUTERS = tuple(
    page.router for page in (home, pair, state, story, article, network, claims, promises, sources, search, tryout)
)

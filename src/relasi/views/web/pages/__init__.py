"""The pages, each with its addresses."""

from relasi.views.web.pages import article, home, pair, state, story, tryout

ROUTERS = (home.router, pair.router, article.router, state.router, story.router, tryout.router)

"""The HTTP interface /api/v1: the record for other programs, as JSON, CSV or Arrow."""

from fastapi import APIRouter

from relasi.views.web.api import articles, document, events, pairs, statements, work

router = APIRouter(prefix="/api/v1")
for part in (events, articles, pairs, statements, work, document):
    router.include_router(part.router)

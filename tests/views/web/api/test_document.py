"""The OpenAPI document is true: what it promises is answered, whatever is asked."""

import os
from pathlib import Path

import pytest
import schemathesis
from fastapi.openapi.utils import get_openapi
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from relasi.views.web import Settings, make_app
from relasi.views.web.api import router

EXAMPLES = int(os.environ.get("RELASI_EXAMPLES", "25"))  # an operation
CALM = list(HealthCheck)
CHECKS = [not_a_server_error, content_type_conformance, response_headers_conformance, response_schema_conformance,
          status_code_conformance]  # fmt: skip
MANUAL = Path(__file__).parents[4] / "docs" / "http.md"


@pytest.fixture(scope="session")
def interface(path):
    app = make_app(Settings(store=path))

    async def lasting(scope, receive, send):
        """The application, which goes on when one question is done."""
        if scope["type"] == "http":
            await app(scope, receive, send)
            return
        for step in ("startup", "shutdown"):
            await receive()
            await send({"type": f"lifespan.{step}.complete"})

    yield schemathesis.openapi.from_asgi("/api/v1/openapi.json", lasting)
    app.state.site.snapshot.close()


PATHS = get_openapi(title="", version="", routes=router.routes)["paths"]


@pytest.mark.parametrize("path_", PATHS)
def test_whatever_is_asked_is_answered_as_described(interface, path_):
    @settings(max_examples=EXAMPLES, deadline=None, derandomize=True, database=None, suppress_health_check=CALM)
    @given(case=interface[path_]["GET"].as_strategy())
    def ask(case):
        case.call_and_validate(base_url="http://localhost", checks=CHECKS)

    ask()


def test_every_operation_says_what_it_gives_and_every_parameter_what_it_is(site):
    document = site.get("openapi.json").json()
    for path, operations in document["paths"].items():
        operation = operations["get"]
        assert operation["description"] and operation["responses"]["200"]["description"], path
        vague = [p["name"] for p in operation["parameters"] if "description" not in p and p["in"] == "query"]
        assert not vague, (path, vague)


def test_the_manual_names_every_path_and_parameter(site):
    text = MANUAL.read_text(encoding="utf-8")
    for path, operations in site.get("openapi.json").json()["paths"].items():
        assert f"`{path.removeprefix('/api/v1')}`" in text, path
        for parameter in operations["get"]["parameters"]:
            assert f"`{parameter['name']}`" in text, (path, parameter["name"])

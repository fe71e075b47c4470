"""A site over a store of the example articles, coded by the rules."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from relasi.jobs.local import read_all
from relasi.store import Store
from relasi.stories import fuse
from relasi.views.web import Settings, make_app

EXAMPLES = Path(__file__).parents[3] / "examples"


@pytest.fixture(scope="session")
def examples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The store of the ten example articles; only to be read."""
    path = tmp_path_factory.mktemp("web") / "contoh.duckdb"
    with Store(path) as store:
        assert not [one for one in read_all([str(EXAMPLES)], store=store) if not hasattr(one, "article")]
        fuse(store)
    return path


@pytest.fixture(scope="session")
def site(examples: Path) -> Iterator[TestClient]:
    """A client of the site over the examples, who reads English."""
    with TestClient(make_app(Settings(store=examples)), headers={"accept-language": "en"}) as client:
        yield client

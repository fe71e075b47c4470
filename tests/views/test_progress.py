"""What a terminal shows of a reading, and that nothing is shown elsewhere."""

import gzip
import io
from pathlib import Path

import pytest
from rich.console import Console

from relasi.sources import Meter, fetch, size_of
from relasi.views.cli.progress import progress
from relasi.views.texts import speaker


def screen(terminal: bool = True) -> Console:
    return Console(file=io.StringIO(), force_terminal=terminal, width=120)


def shown(console: Console) -> str:
    return console.file.getvalue()


@pytest.fixture
def news(tmp_path) -> Path:
    for number in range(4):
        (tmp_path / f"{number}.txt").write_text("Indonesia. " * 100)
    return tmp_path


def test_a_terminal_shows_bytes_of_bytes_inputs_and_their_rate(news):
    console, meter, paths = screen(), Meter(), [str(news)]
    with progress("membaca", speaker("id"), paths, meter, console=console) as step:
        for _ in fetch(paths, meter=meter):
            step()
    assert "membaca" in shown(console)
    assert "4.4/4.4 kB" in shown(console)
    assert "4 masukan" in shown(console)
    assert "/dtk" in shown(console)


@pytest.mark.parametrize("path", ["-", "https://contoh.id/"])
def test_where_nobody_knows_how_much_there_is_no_end_is_promised(news, path):
    console = screen()
    with progress("reading", speaker("en"), [str(news), path], Meter(), console=console) as step:
        step()
    assert "0/? bytes" in shown(console)


def test_a_count_of_articles_is_shown_as_a_share_without_bytes():
    console = screen()
    with progress("coding again", speaker("en"), total=2, console=console) as step:
        step()
        step()
    assert "2 inputs" in shown(console)
    assert "bytes" not in shown(console)


def test_elsewhere_than_on_a_terminal_nothing_is_shown(news):
    console = screen(terminal=False)
    with progress("reading", speaker("en"), [str(news)], Meter(), console=console) as step:
        step()
    assert shown(console) == ""


def test_the_meter_counts_each_file_once_and_the_packed_bytes(tmp_path, news):
    (tmp_path / "z.jsonl.gz").write_bytes(gzip.compress(b'{"text": "Iran."}\n' * 10_000))
    meter, seen = Meter(), []
    for _ in fetch([str(tmp_path)], meter=meter):
        seen.append(meter.done)
    assert seen == sorted(seen)
    assert seen[0] < meter.done == size_of([str(tmp_path)]) == sum(f.stat().st_size for f in tmp_path.iterdir())


def test_what_cannot_be_measured_counts_nothing(tmp_path):
    assert size_of([str(tmp_path / "tiada.txt"), str(tmp_path / "*.txt")]) == 0

"""How far something is, on a terminal: bytes read of those there are, or articles done; rate and time left."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn

from relasi.sources import Meter, size_of
from relasi.views.texts import Say


@contextmanager
def progress(
    label: str,
    say: Say,
    paths: Sequence[str] = (),
    meter: Meter | None = None,
    total: int | None = None,
    console: Console | None = None,
) -> Iterator[Callable[[], None]]:
    """Show a progress: of the bytes of the paths that a meter counts, or of so many in `total`.

    What comes back is to be called after each input.
    """
    console = console or Console(stderr=True)
    if not console.is_terminal:
        yield lambda: None
        return
    sizes = [DownloadColumn()] if meter else []
    times = (TextColumn("{task.fields[rate]}"), TimeRemainingColumn())
    bar = Progress(
        SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), *sizes, *times, console=console, transient=True
    )
    with bar:
        task = bar.add_task(label, total=_size(paths) if meter else total, rate="")
        count = 0

        def step() -> None:
            nonlocal count
            count += 1
            seconds = bar.tasks[0].elapsed or 0
            rate = say("read_rate", count=count, rate=f"{count / seconds:.1f}" if seconds else "…")
            bar.update(task, completed=meter.done if meter else count, rate=rate)

        yield step


def _size(paths: Sequence[str]) -> int | None:
    """How many bytes there are to read; standard input and the web do not tell."""
    return None if any(path == "-" or "://" in path for path in paths) else size_of(paths)

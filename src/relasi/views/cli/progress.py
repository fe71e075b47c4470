"""How far a reading is, on a terminal: bytes read of those that there are, articles, their rate, and the time left."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn

from relasi.sources import Meter, size_of
from relasi.views.texts import Say


@contextmanager
def progress(
    paths: Sequence[str], meter: Meter, say: Say, console: Console | None = None
) -> Iterator[Callable[[], None]]:
    """Show the progress of a reading; what comes back is to be called after each input."""
    console = console or Console(stderr=True)
    if not console.is_terminal:
        yield lambda: None
        return
    columns = [SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), DownloadColumn()]
    with Progress(
        *columns, TextColumn("{task.fields[rate]}"), TimeRemainingColumn(), console=console, transient=True
    ) as bar:
        # Standard input and the web do not tell how much there is.
        known = not any(path == "-" or "://" in path for path in paths)
        task = bar.add_task(say("reading"), total=size_of(paths) if known else None, rate="")
        count = 0

        def step() -> None:
            nonlocal count
            count += 1
            seconds = bar.tasks[task].elapsed or 0
            rate = say("read_rate", count=count, rate=f"{count / seconds:.1f}" if seconds else "…")
            bar.update(task, completed=meter.done, rate=rate)

        yield step

"""How the command speaks: plain Vietnamese sentences, progress for what takes long."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.markup import escape

# Paths and links must stay whole when the screen is narrow, so that they can be copied.
console = Console(highlight=False, soft_wrap=True)
errors = Console(stderr=True, highlight=False, soft_wrap=True)


class Stopped(Exception):
    """The command cannot go on; the message says what the person can do."""


def say(sentence: str) -> None:
    """Print one line to a person."""
    console.print(escape(sentence))


def say_fault(sentence: str) -> None:
    """Print what went wrong, to standard error."""
    errors.print(f"[bold red]Lỗi:[/] {escape(sentence)}")


def say_warning(sentence: str) -> None:
    """Print what may go wrong, to standard error."""
    errors.print(f"[yellow]Lưu ý:[/] {escape(sentence)}")


@contextmanager
def step(title: str) -> Iterator[None]:
    """Show that something is being done, and that it was done."""
    if console.is_terminal:
        with console.status(escape(title)):
            yield
    else:
        say(f"… {title}")
        yield
    console.print(f"[green]✓[/] {escape(title)}")

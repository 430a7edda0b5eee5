"""What rich prints → text, for a terminal or a file: the same layout, with or without colour."""

from __future__ import annotations

from collections.abc import Callable
from io import StringIO

from rich.console import Console


def printed(print_to: Callable[[Console], None], *, width: int, colour: bool) -> str:
    r"""Return what ``print_to`` prints, in lines of at most ``width`` cells without end blanks.

    >>> printed(lambda console: console.print("a"), width=10, colour=False)
    'a\n'
    """
    console = Console(
        file=StringIO(),
        width=width,
        force_terminal=colour,
        color_system="standard" if colour else None,
        no_color=not colour,
        highlight=False,
        emoji=False,
        markup=False,
        legacy_windows=False,
        soft_wrap=False,
    )
    with console.capture() as capture:
        print_to(console)
    return "".join(line.rstrip() + "\n" for line in capture.get().splitlines())

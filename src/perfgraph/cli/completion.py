"""``perfgraph completion``: the script that lets a shell complete commands and options."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from perfgraph.cli.bilingual import command
from perfgraph.text import Text


@command(
    summary=Text(
        zh="输出命令行补全脚本（bash、zsh、fish）。",
        en="Print the completion script of a shell (bash, zsh, fish).",
    ),
    example='eval "$(perfgraph completion bash)"',
)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Print the script for SHELL."""
    script = get_completion_class(shell)
    assert script is not None
    root = context.find_root()
    assert isinstance(root.command, click.Command)
    click.echo(script(root.command, {}, "perfgraph", "_PERFGRAPH_COMPLETE").source())

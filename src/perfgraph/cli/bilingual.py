"""click commands whose help and usage errors are in Chinese or English. No domain logic."""

from __future__ import annotations

import errno
import importlib
import os
import sys
from collections.abc import Callable, Sequence
from typing import IO, Any, NoReturn, TypeVar

import click

from perfgraph.cli.language import language_of, language_option
from perfgraph.errors import PerfgraphError
from perfgraph.text import Text
from perfgraph.version import __version__

_INTERRUPTED = 130
_SETTINGS = {"help_option_names": ["-h", "--help"]}
_F = TypeVar("_F", bound=Callable[..., object])

_OPTIONS = Text(zh="选项", en="Options")
_COMMANDS = Text(zh="命令", en="Commands")
_EXAMPLE = Text(zh="示例", en="Example")
_USAGE_PREFIX = Text(zh="用法：", en="Usage: ")
_SHOW_HELP = Text(zh="显示帮助", en="Show this help")
_DEFAULT = Text(zh="默认：{value}", en="default: {value}")
_MISSING = Text(zh="缺少参数 {name}", en="missing argument {name}")
_NO_OPTION = Text(zh="没有选项 {name}", en="no such option {name}")
_NO_COMMAND = Text(zh="没有命令 {name}", en="no such command {name}")
_NO_INTEGER = Text(zh="{name} 须为整数", en="{name} must be a whole number")
_VERSION = Text(zh="显示版本", en="Show the version")
_CHOICES = Text(zh="{name} 只能是：{choices}", en="{name} must be one of: {choices}")
_BAD_VALUE = Text(zh="{name} 的值无效：{reason}", en="bad value for {name}: {reason}")
_ERROR = Text(zh="错误：", en="Error: ")
_SEE_HELP = Text(zh="请看 {command} --help", en="See {command} --help")
_ABORTED = Text(zh="已中止", en="Aborted")


class Option(click.Option):
    """An option whose help is a :class:`Text`."""

    def __init__(self, *args: object, text: Text, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type] # click checks them itself
        self.text = text

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Return the option as it is written, and its help in the command's language."""
        record = super().get_help_record(ctx)
        if record is None:
            return None
        language = language_of(ctx)
        help_text = self.text.pick(language)
        if self.show_default and self.default not in (None, False, ()):
            help_text += f" [{_DEFAULT.format(value=self.default).pick(language)}]"
        return record[0], help_text


def option(*names: str, text: Text, **attributes: object) -> Callable[[_F], _F]:
    """Add an option with bilingual help; ``attributes`` are those of ``click.option``."""
    return click.option(*names, cls=Option, text=text, **attributes)


class _Bilingual(click.Command):
    """What commands and groups share: help in the chosen language, with an example."""

    summary: Text
    example: str

    def get_short_help_str(self, limit: int = 45) -> str:
        """Return the summary, for the list of commands."""
        return self.summary.pick(language_of(click.get_current_context(silent=True)))

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the usage line."""
        pieces = " ".join(self.collect_usage_pieces(ctx))
        prefix = _USAGE_PREFIX.pick(language_of(ctx))
        formatter.write_usage(ctx.command_path, pieces, prefix=prefix)

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what the command does."""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(self.summary.pick(language_of(ctx)))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options."""
        language = language_of(ctx)
        records = []
        for parameter in self.get_params(ctx):
            if isinstance(parameter, click.Argument):
                continue
            record = parameter.get_help_record(ctx)
            if record is not None:
                is_help = "--help" in parameter.opts
                records.append((record[0], _SHOW_HELP.pick(language)) if is_help else record)
        with formatter.section(_OPTIONS.pick(language)):
            formatter.write_dl(records)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the example."""
        with formatter.section(_EXAMPLE.pick(language_of(ctx))):
            formatter.write_text(self.example)


class Command(_Bilingual):
    """A command with a bilingual summary and one example; what goes wrong ends with exit code 2."""

    def __init__(self, *args: object, summary: Text, example: str, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type] # click checks them itself
        self.summary = summary
        self.example = example
        self.params.append(language_option())

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; an error that a user may see becomes one line in their language."""
        try:
            return super().invoke(ctx)
        except PerfgraphError as error:
            raise Failure(error.render(language_of(ctx)), ctx) from error
        except OSError as error:
            if error.errno == errno.EPIPE:  # the reader, such as head, has seen enough
                os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
                raise click.exceptions.Exit(0) from error
            raise Failure(SystemRefusalError(error).render(language_of(ctx)), ctx) from error


class SystemRefusalError(PerfgraphError):
    """The operating system refuses something that no other error names."""

    code = "PG700"

    def __init__(self, error: OSError) -> None:
        reason = ": ".join(str(part) for part in (error.strerror, error.filename) if part)
        super().__init__(
            Text(zh=f"系统拒绝：{reason or error}", en=f"the system refuses: {reason or error}"),
            advice=Text(
                zh="请检查路径、权限和磁盘空间", en="Check the path, permissions and disk space"
            ),
        )


class Failure(click.ClickException):
    """Nothing could be done: one line on stderr, exit code 2."""

    exit_code = 2

    def __init__(self, message: str, context: click.Context) -> None:
        super().__init__(message)
        self._language = language_of(context)

    def show(self, file: IO[str] | None = None) -> None:
        """Print the line to stderr."""
        click.echo(_ERROR.pick(self._language) + self.message, err=True, file=file)


def command(*, summary: Text, example: str) -> Callable[[Callable[..., None]], Command]:
    """Make a function a command of the same name."""

    def decorate(function: Callable[..., None]) -> Command:
        name = function.__name__
        return click.command(name, cls=Command, summary=summary, example=example)(function)

    return decorate


class Group(_Bilingual, click.Group):
    """The top command; the module of a subcommand, of the same name, is loaded when needed."""

    def __init__(
        self, name: str, *, summary: Text, example: str, commands: tuple[str, ...]
    ) -> None:
        super().__init__(name, no_args_is_help=True, context_settings=_SETTINGS)
        self.summary = summary
        self.example = example
        self._names = commands
        self.params.append(
            Option(
                ["--version"],
                is_flag=True,
                is_eager=True,
                expose_value=False,
                callback=_print_version,
                text=_VERSION,
            )
        )
        self.params.append(language_option())

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that is asked for.

        Raises:
            UsageError: there is none of this name.
        """
        if args and not args[0].startswith("-") and args[0] not in self._names:
            raise click.UsageError(_NO_COMMAND.format(name=args[0]).pick(language_of(ctx)), ctx)
        return super().resolve_command(ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands, in the order of the flow."""
        return list(self._names)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command; ``None`` for an unknown name."""
        if cmd_name not in self._names:
            return None
        module = importlib.import_module(f"{__package__}.{cmd_name}")
        found = getattr(module, cmd_name)
        assert isinstance(found, click.Command)
        return found

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, then the commands with their summaries."""
        _Bilingual.format_options(self, ctx, formatter)
        names = self.list_commands(ctx)
        rows = [(n, c.get_short_help_str()) for n in names if (c := self.get_command(ctx, n))]
        with formatter.section(_COMMANDS.pick(language_of(ctx))):
            formatter.write_dl(rows)

    def main(  # type: ignore[override] # of click's parameters only those that callers use
        self, args: Sequence[str] | None = None, prog_name: str | None = None, **extra: Any
    ) -> NoReturn:
        """Run the command line and end the process with its exit code; never a traceback."""
        extra["standalone_mode"] = False
        try:
            code = super().main(args, prog_name or "perfgraph", **extra)
        except click.exceptions.NoArgsIsHelpError as error:
            click.echo(error.format_message(), err=True)
            code = error.exit_code
        except click.UsageError as error:
            code = _report_usage(error)
        except click.ClickException as error:
            error.show()
            code = error.exit_code
        except click.Abort:
            click.echo(_ABORTED.pick(language_of(None)), err=True)
            code = _INTERRUPTED
        except OSError as error:
            refusal = SystemRefusalError(error).render(language_of(None))
            click.echo(_ERROR.pick(language_of(None)) + refusal, err=True)
            code = Failure.exit_code
        sys.exit(code if isinstance(code, int) else 0)


def _print_version(context: click.Context, _: click.Parameter, asked: bool) -> None:
    if asked:
        click.echo(f"perfgraph {__version__}")
        context.exit()


def _report_usage(error: click.UsageError) -> int:
    language = language_of(error.ctx)
    click.echo(_ERROR.pick(language) + _usage_text(error).pick(language), err=True)
    if error.ctx is not None:
        hint = _SEE_HELP.format(command=error.ctx.command_path)
        click.echo(hint.pick(language), err=True)
    return error.exit_code


def _usage_text(error: click.UsageError) -> Text:
    """Say click's usage errors in both languages; the reason of a bad value stays click's."""
    if isinstance(error, click.NoSuchOption):
        return _NO_OPTION.format(name=error.option_name)
    if isinstance(error, click.BadParameter) and error.param is not None:
        name = error.param.human_readable_name
        if isinstance(error.param, click.Option):
            name = error.param.opts[-1]
        if isinstance(error, click.MissingParameter):
            return _MISSING.format(name=name)
        if isinstance(error.param.type, click.Choice):
            choices = ", ".join(map(str, error.param.type.choices))
            return _CHOICES.format(name=name, choices=choices)
        if isinstance(error.param.type, click.types.IntParamType):
            return _NO_INTEGER.format(name=name)
        return _BAD_VALUE.format(name=name, reason=error.message)
    return Text(zh=error.format_message(), en=error.format_message())

"""``perfgraph token``: who may write to a service, as a file of hashes."""

from __future__ import annotations

from pathlib import Path

import click

from perfgraph.cli.bilingual import command, option
from perfgraph.cli.language import language_of
from perfgraph.errors import SettingsError
from perfgraph.text import Text
from perfgraph.web.access import NAME, Scope, Token, digest, new_token, read_tokens, write_tokens

_KEEP = Text(
    zh="令牌只显示这一次，请妥善保存；文件中只有其散列值",
    en="The token is shown this once; the file has only its hash",
)
_SCOPES = [scope.name.lower() for scope in Scope]


class TokenNameError(SettingsError):
    """A token of this name is there already, is not there, or cannot be called so."""

    code = "PG446"


@command(
    summary=Text(
        zh="管理服务的写入令牌：add 新建、list 列出、remove 删除。",
        en="Manage the tokens of a service: add one, list them, remove one.",
    ),
    example="perfgraph token add zhang --scope write",
)
@click.argument("action", type=click.Choice(["add", "list", "remove"]))
@click.argument("name", required=False)
@option(
    "--tokens",
    "file",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path("tokens.toml"),
    envvar="PERFGRAPH_TOKENS",
    show_default=True,
    text=Text(zh="令牌文件", en="file of tokens"),
)
@option(
    "--scope",
    type=click.Choice(_SCOPES),
    default="write",
    show_default=True,
    text=Text(zh="权限，后者包含前者", en="what it allows; each includes the ones before it"),
)
@click.pass_context
def token(context: click.Context, action: str, name: str | None, file: Path, scope: str) -> None:
    """Change or show the file of tokens."""
    known = read_tokens(file)
    if action == "list":
        for one in known:
            click.echo(f"{one.name}\t{one.scope.name.lower()}")
        return
    if name is None or NAME.fullmatch(name) is None:
        raise TokenNameError(
            Text(zh="请给出令牌的名称", en="name the token"),
            advice=Text(zh="字母、数字和 . _ - @", en="letters, digits and . _ - @"),
        )
    others = [one for one in known if one.name != name]
    if (len(others) == len(known)) == (action == "remove"):
        raise TokenNameError(
            Text(
                zh=f"令牌 {name} {'不存在' if action == 'remove' else '已存在'}",
                en=f"the token {name} is {'not there' if action == 'remove' else 'there already'}",
            ),
            advice=Text(zh="请看 perfgraph token list", en="see perfgraph token list"),
        )
    if action == "remove":
        write_tokens(file, others)
        return
    secret = new_token()
    write_tokens(file, [*known, Token(name, Scope[scope.upper()], digest(secret))])
    click.echo(secret)
    click.echo(_KEEP.pick(language_of(context)), err=True)

"""``Authorization`` header → who may do what. Tokens are kept as hashes, compared in constant time.

    [[token]]
    name = "zhang"
    scope = "write"
    sha256 = "…"

A token is 256 random bits, so its hash needs no salt and no slow function. The file is read again
when it changes: a token that is removed stops working at once.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path

from perfgraph.text import Text
from perfgraph.web.errors import ScopeError, TokensFileError, UnauthorizedError, WritesOffError

NAME = re.compile(r"[\w.@-]{1,64}")
_PREFIX = "pgt_"
_OWNER = "owner"


class Scope(IntEnum):
    """What a token allows; each includes the ones before it."""

    READ = 1
    WRITE = 2
    ADMIN = 3


@dataclass(frozen=True, slots=True)
class Token:
    """A token as it is kept: its hash, not itself."""

    name: str
    scope: Scope
    sha256: str


class Access:
    """Decides about requests."""

    def __init__(self, *, token: str | None = None, file: Path | None = None) -> None:
        self._own = () if not token else (Token(_OWNER, Scope.ADMIN, digest(token)),)
        self._file = file
        self._read: tuple[tuple[int, int] | None, tuple[Token, ...]] = (None, ())

    def check(self, authorization: str | None, scope: Scope) -> str:
        """Return the name of whoever has sent an ``Authorization`` header.

        Raises:
            WritesOffError: there is no token that would do.
            UnauthorizedError: no token was sent, or one that is not known.
            ScopeError: the token does not allow it.
        """
        tokens = self.tokens()
        if not tokens:
            raise _writes_are_off()
        kind, _, sent = (authorization or "").strip().partition(" ")
        if kind.lower() != "bearer" or not sent.strip():
            raise _unauthorized(is_unknown=False)
        wanted = digest(sent.strip())
        found = [one for one in tokens if hmac.compare_digest(one.sha256, wanted)]
        if not found:
            raise _unauthorized(is_unknown=True)
        if found[0].scope < scope:
            raise _not_allowed(scope)
        return found[0].name

    def tokens(self) -> tuple[Token, ...]:
        """Return the tokens that are known now."""
        if self._file is None:
            return self._own
        try:
            status = self._file.stat()
        except FileNotFoundError:
            return self._own
        version = (status.st_mtime_ns, status.st_size)
        if self._read[0] != version:
            self._read = (version, tuple(read_tokens(self._file)))
        return (*self._own, *self._read[1])


def digest(token: str) -> str:
    """Return what is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def new_token() -> str:
    """Return a token that nobody can guess."""
    return _PREFIX + secrets.token_urlsafe(32)


def read_tokens(file: Path) -> list[Token]:
    """Return the tokens in a file; none where there is no file.

    Raises:
        TokensFileError: it is no such file.
    """
    try:
        match tomllib.loads(file.read_text("utf-8")):
            case {"token": list(entries)}:
                return [_token(entry, file) for entry in entries]
            case {**others} if not others:
                return []
    except FileNotFoundError:
        return []
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise _bad_file(file) from error
    raise _bad_file(file)


def write_tokens(file: Path, tokens: Sequence[Token]) -> None:
    """Write a file of tokens that only its owner can read."""
    blocks = [
        f'[[token]]\nname = "{one.name}"\nscope = "{one.scope.name.lower()}"\n'
        f'sha256 = "{one.sha256}"\n'
        for one in tokens
    ]
    partial = file.with_name(f"{file.name}.partial")
    try:
        partial.touch(mode=0o600)
        partial.write_text("\n".join(blocks), "utf-8")
        partial.replace(file)
    except OSError as error:
        raise _bad_file(file) from error


def _token(entry: object, file: Path) -> Token:
    match entry:
        case {"name": str(name), "scope": str(scope), "sha256": str(sha256)} if (
            NAME.fullmatch(name)
            and scope.upper() in Scope.__members__
            and re.fullmatch(r"[0-9a-f]{64}", sha256)
        ):
            return Token(name, Scope[scope.upper()], sha256)
    raise _bad_file(file)


def _bad_file(file: Path) -> TokensFileError:
    return TokensFileError(
        Text(
            zh=f"无法使用令牌文件 {file.name}",
            en=f"the file of tokens {file.name} cannot be used",
        ),
        advice=Text(
            zh="请用 perfgraph token 管理该文件，并检查权限",
            en="manage it with perfgraph token, and check its permissions",
        ),
    )


def _writes_are_off() -> WritesOffError:
    return WritesOffError(
        Text(zh="本服务只读，不接受写入", en="this service is read-only"),
        advice=Text(
            zh="管理者可用 perfgraph token 或环境变量 PERFGRAPH_TOKEN 开放写入；"
            "载入文件用 perfgraph load",
            en="its owner may allow writes with perfgraph token or PERFGRAPH_TOKEN; "
            "documents are loaded with perfgraph load",
        ),
    )


def _unauthorized(*, is_unknown: bool) -> UnauthorizedError:
    message = Text(zh="此操作需要令牌", en="this needs a token")
    if is_unknown:
        message = Text(zh="令牌无效", en="the token is not known")
    return UnauthorizedError(
        message,
        advice=Text(
            zh="请发送请求头 Authorization: Bearer 令牌",
            en="send the header Authorization: Bearer TOKEN",
        ),
    )


def _not_allowed(scope: Scope) -> ScopeError:
    word = scope.name.lower()
    return ScopeError(
        Text(zh=f"该令牌没有 {word} 权限", en=f"the token does not allow to {word}"),
        advice=Text(zh="请向管理者申请权限更高的令牌", en="ask the owner for another token"),
    )

"""Bytes of a web page → text. The bytes decide; what the page declares only breaks a tie.

Government pages declare gb2312 and send UTF-8, declare nothing, or declare both; a page that reads
as UTF-8 throughout is UTF-8.
"""

from __future__ import annotations

import codecs
import re

from perfgraph.model import Place
from perfgraph.sources.errors import UnknownEncodingError

_HEAD = 4096
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_:.-]{3,40})""", re.I)
_ASCII = re.compile(r"[\x00-\x7f]+")
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_GB = frozenset({"gb2312", "gbk", "gb18030", "hz"})
_READ = _GB | {"utf-8", "big5", "big5hkscs", "cp950"}
_COMMON_SHARE = 0.95
"""Share of characters outside ASCII that are in GB 2312 where GB18030 was not declared: that
encoding decodes almost any bytes, but wrong bytes give rare characters."""
_DAMAGED_SHARE = 0.02
"""Share of characters outside ASCII that may be broken, as by a cut in the middle of one."""
_DAMAGED_FEW = 3


def page_text(content: bytes, place: Place, charset: str | None = None) -> str:
    r"""Return the text of a page; ``charset`` is what a header outside the page says.

    >>> page = '<meta charset="gb2312">单位：万元'
    >>> page_text(page.encode("utf-8"), Place("a.html")) == page
    True
    >>> page_text("单位：万元".encode("gbk"), Place("a.html"))
    '单位：万元'

    Raises:
        UnknownEncodingError: the bytes are text in none of the encodings of Chinese pages.
    """
    for bom, encoding in _BOMS:
        if content.startswith(bom):
            return content[len(bom) :].decode(encoding, "replace")
    if content.startswith((b"<\x00", b"\x00<")):
        encoding = "utf-16-le" if content.startswith(b"<\x00") else "utf-16-be"
        return content.decode(encoding, "replace")
    declared = _declarations(content, charset)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return _text_in_other_encoding(content, declared, place)
    if text.isascii() or _CHINESE.search(text) or not _GB.intersection(declared):
        return text
    # A few Chinese characters in GB 2312 may pass as Greek or Arabic in UTF-8.
    chinese = content.decode("gb18030", "replace")
    return chinese if _damage(chinese) == 0 and _reads_as_chinese(chinese) else text


def _text_in_other_encoding(content: bytes, declared: list[str], place: Place) -> str:
    for encoding in [*declared, "gb18030"]:
        name = "gb18030" if encoding in _GB else encoding
        try:
            text = content.decode(name)
        except UnicodeDecodeError:
            continue
        if encoding in declared or _reads_as_chinese(text):
            return text
    damaged = [
        content.decode("gb18030" if name in _GB else name, "replace")
        for name in dict.fromkeys(["utf-8", "gb18030", *declared])
    ]
    best = min(damaged, key=_damage)
    allowed = max(_DAMAGED_FEW, _DAMAGED_SHARE * len(_ASCII.sub("", best)))
    if _damage(best) > allowed or not _reads_as_chinese(best.replace("\ufffd", "")):
        raise UnknownEncodingError(place)
    return best


def _declarations(content: bytes, charset: str | None) -> list[str]:
    """Return the declared encodings that are read here, the header's first, as codec names."""
    names = [match.decode("ascii") for match in _DECLARED.findall(content[:_HEAD])]
    known: dict[str, None] = {}
    for name in [charset or "", *names]:
        try:
            codec = codecs.lookup(name).name
        except (LookupError, ValueError):
            continue
        if codec in _READ:
            known[codec] = None
    return list(known)


def _damage(text: str) -> int:
    return text.count("\ufffd")


def _reads_as_chinese(text: str) -> bool:
    foreign = _ASCII.sub("", text)
    return len(foreign.encode("gb2312", "ignore")) // 2 >= _COMMON_SHARE * len(foreign)

"""The name of a file or folder → why it is passed over, if it is. Only names are looked at."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import PurePath

from perfgraph.text import Text

HIDDEN = Text(zh="隐藏文件", en="hidden")
SYSTEM = Text(zh="系统文件", en="of the operating system")
LOCK = Text(zh="Office 打开文件时的锁文件", en="a lock file of an open document")
PAGE_PARTS = Text(zh="网页的附属文件", en="parts of a saved web page")
RDF = Text(zh="RDF 数据，不是源文件", en="RDF, no source document")
NOT_REGULAR = Text(zh="不是普通文件", en="no regular file")

_SYSTEM_NAMES = {"__macosx", "thumbs.db", "desktop.ini", "$recycle.bin", "@eadir"}
_PAGE_FOLDERS = ("_files", ".files")
_PAGES = (".html", ".htm", ".xhtml", ".shtml")
_KINDS: tuple[tuple[Text, str], ...] = (
    (
        Text(zh="图片", en="a picture"),
        "png jpg jpeg jpe jfif gif bmp tif tiff webp heic svg ico psd cdr dwg",
    ),
    (Text(zh="音频或视频", en="sound or film"), "mp3 wav wma m4a mp4 avi mov wmv mkv flv"),
    (
        Text(zh="程序", en="a program"),
        "exe dll msi bat cmd com scr sh ps1 vbs jar apk dmg iso py pyc js css lnk url",
    ),
    (Text(zh="字体", en="a font"), "ttf ttc otf woff woff2"),
    (Text(zh="幻灯片", en="slides"), "ppt pptx pps ppsx dps odp"),
    (
        Text(zh="程序数据", en="data of a program"),
        "db mdb accdb dbf sqlite json jsonl bak tmp",
    ),
    (RDF, "ttl nt nq trig rdf owl n3 jsonld"),
)
_BY_SUFFIX = {f".{suffix}": kind for kind, suffixes in _KINDS for suffix in suffixes.split()}


def why_skipped(name: str, siblings: Collection[str], *, is_folder: bool) -> Text | None:
    """Return why a file or folder of this name is no source; ``None`` where it may be one.

    Args:
        name: without its folder.
        siblings: the names beside it.
        is_folder: whether it is a folder.

    >>> why_skipped("~$目标表.docx", [], is_folder=False).en
    'a lock file of an open document'
    >>> why_skipped("目标表.DOCX", [], is_folder=False)
    """
    if name.startswith(("~$", ".~")):
        return LOCK
    if name.lower() in _SYSTEM_NAMES:
        return SYSTEM
    if name.startswith("."):
        return HIDDEN
    if is_folder:
        return PAGE_PARTS if _is_of_page(name, siblings) else None
    return _BY_SUFFIX.get(PurePath(name).suffix.lower())


def _is_of_page(name: str, siblings: Collection[str]) -> bool:
    """Whether a browser saved the folder beside a page of the same name."""
    return any(
        name.endswith(end) and any(name.removesuffix(end) + page in siblings for page in _PAGES)
        for end in _PAGE_FOLDERS
    )

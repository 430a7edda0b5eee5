"""The sentences of a load report, in zh and en; nothing is decided here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from perfgraph.errors import StoreError
from perfgraph.store.collection import Version
from perfgraph.store.names import is_plan
from perfgraph.store.report import Outcome, OutcomeKind
from perfgraph.text import Text


def loaded(file: str, version: Version) -> Outcome:
    """Return the outcome of a file that is new."""
    plans = sum(map(is_plan, version.projects))
    projects = len(version.projects) - plans
    parts: list[Text] = []
    if projects or not plans:
        parts.append(Text(zh=f"项目 {projects} 个", en=f"projects: {projects}"))
    if plans:
        parts.append(Text(zh=f"整体或区域绩效目标 {plans} 个", en=f"plans: {plans}"))
    text = Text(
        zh="，".join(["已载入", *(part.zh for part in parts)]),
        en=", ".join(["loaded", *(part.en for part in parts)]),
    )
    return Outcome(file, OutcomeKind.LOADED, text, document=version.iri)


def updated(file: str, version: Version) -> Outcome:
    """Return the outcome of a source file that was there with another content of its graphs."""
    text = Text(
        zh="同一源文件的转换结果有变，已更新",
        en="the same source file, converted differently: updated",
    )
    return Outcome(file, OutcomeKind.UPDATED, text, document=version.iri)


def unchanged(file: str, version: Version, superseded_by: Sequence[str]) -> Outcome:
    """Return the outcome of a file that the store has as it is."""
    text = Text(zh="库中已有，无变化", en="already in the store, unchanged")
    if superseded_by:
        listed = ", ".join(superseded_by)
        text = Text(
            zh=f"库中已有，且已被 {listed} 替代；如要恢复为现行，请用 --replaces 指明",
            en=(
                f"already in the store and superseded by {listed}; "
                "to make it current again, name that with --replaces"
            ),
        )
    return Outcome(file, OutcomeKind.UNCHANGED, text, document=version.iri)


def repeated(file: str, version: Version, first: str) -> Outcome:
    """Return the outcome of a file with the content of another file of the command."""
    text = Text(zh=f"与 {first} 内容相同", en=f"the same content as {first}")
    return Outcome(file, OutcomeKind.UNCHANGED, text, document=version.iri)


def superseding(file: str, version: Version, old: Sequence[Version]) -> Outcome:
    """Return the outcome of a file that took the place of others."""
    listed = _listed(f"{one.file} <{one.iri}>" for one in old)
    text = Text(zh="已载入，替代 {old}", en="loaded, supersedes {old}").format(old=listed)
    return Outcome(
        file,
        OutcomeKind.SUPERSEDING,
        text,
        document=version.iri,
        supersedes=tuple(one.iri for one in old),
    )


def conflict_with_current(file: str, version: Version, others: Sequence[Version]) -> Outcome:
    """Return the outcome of a file that overlaps current documents."""
    named = [(f"{one.file} <{one.iri}>", one) for one in others]
    text = Text(
        zh="未载入：与现行文件 {others} 描述相同的项目：{projects}。"
        "如确要替代，请用 --replaces 指明",
        en="not loaded: it describes projects of the current {others}: {projects}. "
        "If it is to replace that, name it with --replaces",
    )
    return _conflict(file, version, named, text)


def conflict_in_command(
    file: str, version: Version, others: Sequence[tuple[str, Version]]
) -> Outcome:
    """Return the outcome of a file that overlaps other files of the same command."""
    text = Text(
        zh="未载入：与同一命令中的 {others} 描述相同的项目：{projects}。请按先后顺序分别载入",
        en="not loaded: it describes projects of {others} in the same command: {projects}. "
        "Load one after the other, the older one first",
    )
    return _conflict(file, version, others, text)


def refused(file: str, error: StoreError) -> Outcome:
    """Return the outcome of a file that is no converted document of this store."""
    return Outcome(file, OutcomeKind.REFUSED, error.message, error=error)


def _conflict(
    file: str, version: Version, others: Sequence[tuple[str, Version]], text: Text
) -> Outcome:
    shared = {
        project: label
        for project, label in version.projects.items()
        if any(project in other.projects for _, other in others)
    }
    names = [name for name, _ in others]
    return Outcome(
        file,
        OutcomeKind.CONFLICT,
        text.format(others=_listed(names), projects=_listed(shared.values())),
        document=version.iri,
        conflicts_with=tuple(names),
        projects=tuple(sorted(shared)),
    )


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))

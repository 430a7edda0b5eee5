"""The words that several report forms share, in Chinese and English; no form is made here."""

from __future__ import annotations

from perfgraph.model import Finding, Severity
from perfgraph.text import Text

SEVERITIES = {
    Severity.VIOLATION: Text(zh="必改", en="Violation"),
    Severity.WARNING: Text(zh="建议", en="Warning"),
    Severity.INFO: Text(zh="提示", en="Info"),
}
WAIVED = Text(zh="豁免", en="Waived")
NO_PROJECT = Text(zh="（不属于某个项目）", en="(of no single project)")
CLEAN = Text(zh="没有发现问题。", en="Nothing to report.")
SUMMARY = Text(
    zh="共{files}个文件：必改{Violation}项，建议{Warning}项，提示{Info}项。",
    en="{files} file(s): {Violation} violation(s), {Warning} warning(s), {Info} info(s).",
)
WAIVED_COUNT = Text(zh="另有{n}项已豁免。", en="{n} more are waived.")
NOT_CHECKED = Text(
    zh="其中{n}个文件未能读取，没有校验。", en="{n} of them could not be read or checked."
)
TITLE = Text(zh="绩效目标表校验报告", en="Validation of performance target tables")
FILES = Text(zh="文件", en="Files")
SHOW = Text(zh="显示", en="Show")
PROFILE = Text(zh="规则集", en="Profile")
FIX = Text(zh="如何改进", en="What to do")
EXPECTED = Text(zh="应为", en="Expected")
FOUND = Text(zh="实为", en="Found")
TABLE = Text(zh="表{n}", en="Table {n}")
AS_PRINTED = Text(zh="原表（有问题的单元格已标出）", en="As printed, faulty cells marked")
NOT_READ = Text(zh="未能读取", en="Not read")
SHA256 = Text(zh="SHA-256", en="SHA-256")
_REASON = Text(zh="{message}（豁免：{reason}）", en="{message} (waived: {reason})")


def severity(finding: Finding) -> Text:
    """Return the word for how much a finding weighs; for a waived one, that it is."""
    return SEVERITIES[finding.severity] if finding.waived is None else WAIVED


def message(finding: Finding) -> Text:
    """Return the message, with the reason beside it where the finding is waived."""
    if finding.waived is None:
        return finding.message
    return Text(
        zh=_REASON.zh.format(message=finding.message.zh, reason=finding.waived),
        en=_REASON.en.format(message=finding.message.en, reason=finding.waived),
    )

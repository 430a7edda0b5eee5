"""Bilingual public text: one message, said in Chinese and in English.

It holds the pair and picks a language. It does not translate and reads no environment.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence for people, in both languages of the project.

    >>> Text(zh="缺少项目名称", en="no project name").pick("en")
    'no project name'
    """

    zh: str
    en: str

    def pick(self, language: Language) -> str:
        """Return the sentence in ``language``."""
        return self.zh if language == "zh" else self.en

    def format(self, **values: object) -> Text:
        """Return the pair with ``{name}`` fields filled in.

        >>> Text(zh="第{n}行", en="row {n}").format(n=3).zh
        '第3行'
        """
        return Text(zh=self.zh.format(**values), en=self.en.format(**values))


def choose_language(locale: str) -> Language:
    """Return the language for a POSIX locale name; English unless it is Chinese.

    >>> choose_language("zh_CN.UTF-8"), choose_language("C.UTF-8"), choose_language("")
    ('zh', 'en', 'en')
    """
    return "zh" if locale.lower().startswith("zh") else "en"

"""Accept header and ``?format=`` → one of the offered formats. Pure; it reads no request."""

from __future__ import annotations

from collections.abc import Sequence

from werkzeug.datastructures import LanguageAccept, MIMEAccept
from werkzeug.http import parse_accept_header

from perfgraph.text import LANGUAGES, Language
from perfgraph.web.formats import SHORT_NAMES, Format


def negotiate(
    accept: str | None, offers: Sequence[Format], *, wanted: str | None = None
) -> Format | None:
    """Return the best of ``offers``; ``None`` when none is acceptable (406).

    ``wanted`` (``?format=``, a short name or a media type) wins over the header. An absent or empty
    header takes everything. The most specific media range decides the quality of an offer
    (RFC 9110, section 12.5.1); among equals the order of ``offers`` decides.

    >>> from perfgraph.web.formats import RESULTS
    >>> negotiate("text/csv;q=0.5, application/json", RESULTS).name
    'json'
    >>> negotiate("image/png", RESULTS) is None
    True
    """
    if wanted:
        key = wanted.strip().lower()
        key = SHORT_NAMES.get(key, key)
        names = ((offer, (offer.name, offer.media_type, *offer.aliases)) for offer in offers)
        return next((offer for offer, known in names if key in known), None)
    if accept is None or not accept.strip():
        return offers[0]
    ranges = parse_accept_header(accept, MIMEAccept)
    best, best_quality = None, 0.0
    for offer in offers:
        quality = max(_quality(name, ranges) for name in (offer.media_type, *offer.aliases))
        if quality > best_quality:
            best, best_quality = offer, quality
    return best


def _quality(media_type: str, ranges: MIMEAccept) -> float:
    """Return the quality that the most specific range fitting ``media_type`` gives."""
    main = media_type.split("/")[0]
    fitting = [
        (order, quality)
        for value, quality in ranges
        for pattern in (value.split(";")[0].strip().lower(),)
        for order, known in ((3, media_type), (2, f"{main}/*"), (1, "*/*"))
        if pattern == known
    ]
    return max(fitting, default=(0, 0.0))[1]


def choose_page_language(
    wanted: str | None, accept_language: str | None, default: Language
) -> Language:
    """Return the language of a page: ``?lang=``, else the best of Accept-Language, else default.

    >>> choose_page_language(None, "fr, en-GB;q=0.8, zh;q=0.5", "zh")
    'en'
    """
    for language in LANGUAGES:
        if wanted == language:
            return language
    best, best_quality = default, 0.0
    for value, quality in parse_accept_header(accept_language or "", LanguageAccept):
        for language in LANGUAGES:
            is_language = value.lower().replace("_", "-").split("-")[0] == language
            if is_language and quality > best_quality:
                best, best_quality = language, quality
    return best

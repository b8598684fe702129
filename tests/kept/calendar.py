"""Names of months, and the small words that stand in dates, from Unicode's tables (CLDR)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from babel import Locale

from verifier.claims.dates import words_of

#: Languages in which pages write dates.
_LANGUAGES = (
    *("en", "de", "fr", "es", "pt", "it", "nl", "sv", "da", "nb", "nn", "fi", "is", "et", "lv"),
    *("lt", "pl", "cs", "sk", "sl", "hr", "sr", "sr_Latn", "bs", "hu", "ro", "bg", "mk", "sq"),
    *("el", "tr", "az", "ru", "uk", "be", "kk", "ka", "hy", "ar", "he", "fa", "ur", "hi", "bn"),
    *("mr", "ta", "te", "gu", "pa", "th", "vi", "id", "ms", "fil", "ja", "ko", "zh", "zh_Hant"),
    *("ca", "eu", "gl", "cy", "ga", "mt", "af", "sw", "am", "ar_MA", "ar_SY", "es_MX", "de_AT"),
    *("en_GB", "en_AU", "en_CA", "ar_DZ", "ar_IQ", "fr_CA", "pt_PT"),
)


def calendar() -> bytes:
    """Names, as words, with the months that each means somewhere; and the small words."""
    months: dict[str, set[int]] = {}
    small: set[str] = set()
    for language in _LANGUAGES:
        locale = Locale.parse(language)
        for use in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for month, name in locale.months[use][width].items():
                    months.setdefault(" ".join(words_of(name)), set()).add(month)
        for pattern in _patterns(locale):
            quoted = " ".join(re.findall(r"'([^']*)'", pattern))
            bare = re.sub(r"[A-Za-z]", " ", re.sub(r"'[^']*'", " ", pattern))
            small.update(words_of(f"{quoted} {bare}"))
    lines = [f"{_json(name)}: {sorted(of)}" for name, of in sorted(months.items())]
    named = ",\n".join(lines)
    return f'{{"months": {{\n{named}\n}},\n"small": {_json(sorted(small))}}}\n'.encode()


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _patterns(locale: Locale) -> Iterator[str]:
    yield str(locale.date_formats["long"].pattern)
    for skeleton in ("yMMMM", "yMMM", "yMMMd", "y"):
        if skeleton in locale.datetime_skeletons:
            yield str(locale.datetime_skeletons[skeleton])

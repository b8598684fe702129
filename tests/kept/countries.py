"""Names of countries, from Unicode's tables (CLDR)."""

from __future__ import annotations

from babel import Locale

from verifier.signs import folded

#: Languages in which a country may stand beside a name.
_LANGUAGES = (
    *("en", "de", "fr", "es", "pt", "it", "nl", "pl", "tr", "ru", "uk", "ar", "ja", "zh", "ko"),
)


def countries() -> set[str]:
    """Countries whose name is one word, `folded`; the others are made of words that tell little."""
    return {
        word
        for language in _LANGUAGES
        for name in Locale(language).territories.values()
        for word in [folded(name)]
        if len(word) > 3 and " " not in word
    }

"""Signs that look like letters of ours, from Unicode's table (TR 39), which confusable-homoglyphs
carries.
"""

from __future__ import annotations

import json

from confusable_homoglyphs.confusables import confusables_data


def alike() -> bytes:
    """Each of our letters, in lower case, with the signs of other scripts that look like it."""
    found: dict[str, list[str]] = {}
    for sign, others in confusables_data.items():
        letters = (one["c"] for one in others if one["c"].isascii() and one["c"].isalpha())
        letter = next(letters, None)
        if letter is not None and len(sign) == 1 and not sign.isascii():
            found.setdefault(letter.lower(), []).append(sign)
    kept = {letter: "".join(sorted(signs)) for letter, signs in sorted(found.items())}
    return (json.dumps(kept, ensure_ascii=False, indent=0) + "\n").encode()

"""What the command is pointed at: a file, an address or standard input, read at the edge."""

from __future__ import annotations

import sys
from pathlib import Path

from verifier.errors import NoCredential

#: More than any picture with a badge in it; what is inside has limits of its own.
LIMIT = 33 * 2**20
STANDARD_INPUT = "-"
_ADDRESSES = ("http://", "https://")


def read_source(source: str, limit: int = LIMIT) -> bytes | str:
    """The bytes of a file or of standard input, or the address (or `data:` URL) itself.

    Raises `NoCredential`: `not_a_badge` for a folder or an empty file, `too_large`, and
    `unreachable` for what can't be opened.
    """
    if source.lower().startswith(_ADDRESSES):
        return source
    if source[:5].lower() == "data:":
        return source.encode("utf-8", "replace")
    if source == STANDARD_INPUT:
        content = sys.stdin.buffer.read(limit + 1)
    else:
        content = _read_file(Path(source), source, limit)
    if not content:
        name = "Standard input" if source == STANDARD_INPUT else f"“{source}”"
        raise NoCredential(
            "not_a_badge", f"{name} is empty. Download the badge again, or ask its holder for it."
        )
    if len(content) > limit:
        raise NoCredential("too_large", f"“{source}” is over {limit // 2**20} MiB.")
    return content


def _read_file(path: Path, source: str, limit: int) -> bytes:
    try:
        if path.is_dir():
            raise NoCredential(
                "not_a_badge",
                f"“{source}” is a folder. Name the files in it that should be checked.",
            )
        with path.open("rb") as file:
            return file.read(limit + 1)
    except FileNotFoundError as error:
        raise NoCredential(
            "unreachable",
            f"There is no file “{source}”. Check the name, or give an address with https://.",
        ) from error
    except PermissionError as error:
        raise NoCredential(
            "unreachable",
            f"“{source}” may not be read by you. Whoever owns the file can allow it.",
        ) from error
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise NoCredential("unreachable", f"“{source}” can't be read: {why}.") from error

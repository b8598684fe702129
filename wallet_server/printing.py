"""Pages set as PDF, to be filed or printed: `paper/*.typ` say how they look, typst sets them.

What strangers wrote reaches a template as data and is never read as markup; no template reads a
file but its own, and nothing is fetched. To be run in a worker, since text can be made to cost time
(`await workers.run(pdf, …)`).
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from verifier.report import Verdict
from wallet_server.handing.codes import code
from wallet_server.looks import OUTCOMES, QUESTIONS, VERDICTS
from wallet_server.plain_text import plain
from wallet_server.version import VERSION

if TYPE_CHECKING:
    import typst

PAPER = Path(__file__).parent / "paper"
TEMPLATES = Path(__file__).parent / "templates"
#: Letters of one line of text that are printed, and lines of one text.
LETTERS, LINES = 2000, 40
#: Bytes of all the files and pictures that go into one document: what a worker's memory bears.
ATTACHED = 5 * 2**20
#: Kept by archives, read aloud by programs (ISO 19005-3, ISO 14289-1).
_STANDARDS: list[typst.PDFStandard] = ["a-3a", "ua-1"]
#: What the typesetter says of a picture it can't draw, and where no font of this machine has a
#: letter, or none may stand for it.
_UNDRAWABLE = ("failed to decode", "failed to load", "failed to parse SVG")
_UNPRINTABLE = re.compile(r"the text .{1,40} could not be displayed|contains the codepoint", re.S)


class Attached(Struct, frozen=True):
    """A file that the document carries in itself; `says` what it is, for who lists them."""

    name: str
    content: bytes
    media_type: str
    says: str


def pdf(
    template: str,
    data: Mapping[str, Any],
    attachments: Sequence[Attached] = (),
    pictures: Mapping[str, bytes] | None = None,
    *,
    at: datetime,
) -> bytes:
    """What `paper/{template}.typ` makes of `data`, JSON with at least a `title`, of the date `at`.
    The same bytes for the same things, on a machine with the same fonts.

    It is PDF/A-3 with its structure and language, unless the fonts of this machine lack a letter:
    then it is plain PDF, and says so in itself. Texts are cut to `LINES` of `LETTERS`. An `address`
    in `data` is printed as a QR code too; `pictures` (PNG, JPEG, GIF, WebP or SVG, by name) are
    left out where they can't be drawn. Raises `ValueError` for more than `ATTACHED`.
    """
    pictures = pictures or {}
    weight = sum(len(one.content) for one in attachments) + sum(map(len, pictures.values()))
    if weight > ATTACHED:
        raise ValueError(f"The files for this PDF are over {ATTACHED // 2**20} MiB.")
    given: dict[str, Any] = {
        "data": _printable(data),
        "files": [_file(one) for one in attachments],
        "pictures": {name: list(content) for name, content in pictures.items()},
        "code": list(code(data["address"]).svg) if data.get("address") else None,
        "looks": _looks(),
        "outcomes": {outcome.value: list(look) for outcome, look in OUTCOMES.items()},
        "questions": {question.value: asked for question, asked in QUESTIONS.items()},
        "version": VERSION,
        "unprintable": False,
    }
    return _set(PAPER / f"{template}.typ", given, at)


def _set(template: Path, given: dict[str, Any], at: datetime) -> bytes:
    # One thread: a worker's memory is bounded, and threads reserve far more than they use.
    os.environ["RAYON_NUM_THREADS"] = "1"
    import typst  # imported here, since only who prints needs it

    standards = _STANDARDS
    while True:
        try:
            return typst.compile(
                str(template),
                root=str(PAPER),
                font_paths=_fonts(),
                format="pdf",
                sys_inputs={"given": json.dumps(given)},
                pdf_standards=standards,
                timestamp=at.replace(microsecond=0),
            )
        except typst.TypstError as error:
            if standards and _UNPRINTABLE.search(error.message):
                standards = []
                given["unprintable"] = True
            elif given["pictures"] and error.message.startswith(_UNDRAWABLE):
                given["pictures"] = {}
            else:
                raise


@cache
def _fonts() -> typst.Fonts:
    """Those of this machine, found once a process, and the few that the typesetter brings."""
    import typst

    return typst.Fonts()


@cache
def _looks() -> dict[str, dict[str, str]]:
    """Word, colour and shape of each verdict, the shape as SVG."""
    from jinja2 import Environment, FileSystemLoader  # without the pages, which a worker need not

    environment = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True)
    environment.filters["look"] = lambda verdict: VERDICTS[Verdict(verdict)]
    # types: a template's macros are attributes of its module
    draw: Any = environment.get_template("marks.html").module
    return {
        verdict.value: {
            "word": look.word,
            "tone": look.tone,
            "shape": str(draw.mark(verdict.value, 20)).strip(),
        }
        for verdict, look in VERDICTS.items()
    }


def _file(one: Attached) -> dict[str, Any]:
    return {
        "name": one.name,
        "content": list(one.content),
        "media_type": one.media_type,
        "says": one.says,
    }


def _printable(value: object) -> object:
    """`value` with every text in it safe to print: as `plain` has it, line by line."""
    if isinstance(value, str):
        lines = value[: LETTERS * LINES].splitlines()[:LINES]
        return "\n".join(plain(line, LETTERS) for line in lines)
    if isinstance(value, Mapping):
        return {str(name): _printable(one) for name, one in value.items()}
    if isinstance(value, Sequence):
        return [_printable(one) for one in value]
    return value

"""The parts of a badge that its owner may leave off a share."""

from __future__ import annotations

from msgspec import Struct


class Field(Struct, frozen=True):
    """One part. `word` is for programs, `says` for the owner; `members` are those of a report's
    `credential` that belong to it.
    """

    word: str
    says: str
    members: tuple[str, ...]


FIELDS = (
    Field("recipient", "whose it is, and a form to check whether it is somebody's", ("recipient",)),
    Field("picture", "its picture, with all that can be read in it", ("image",)),
    Field("issued", "when it was issued", ("issued",)),
    Field("description", "what it is about", ("description",)),
    Field("criteria", "what had to be done for it", ("criteria",)),
    Field("evidence", "the evidence of the work", ("evidence",)),
    Field(
        "results",
        "results, credits and hours, and who assessed the work",
        ("results", "credits", "hours", "assessed_by"),
    ),
    Field("skills", "its skills, and what it is aligned to", ("skills", "alignments")),
    Field(
        "parts",
        "what it counts towards, and what is in it",
        ("part_of", "made_of", "achievement", "related", "listed", "associations"),
    ),
    Field("endorsements", "who endorses it", ("endorsements",)),
    Field("address", "its own address, and whom we asked about it", ("id",)),
)
#: What is always shown: without it no verdict can be understood.
ALWAYS = ("standard", "container", "provider", "kind", "name", "issuer", "expires")
EVERY = frozenset(field.word for field in FIELDS)

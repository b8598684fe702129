"""What a badge shows beside that it holds: whether a reader could see what was done for it, and who
judged that. The issuer's own words, in the order in which a reader asks; nothing here has a part in
the verdict, and nothing is fetched.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from msgspec import Struct, field

#: Letters up to which criteria are quoted whole.
FEW = 60

JsonObject = Mapping[str, Any]


class Shown(Struct, frozen=True):
    """One line of what a badge shows. `code` is for programs (`criteria`, `evidence`,
    `assessed_by`, `results`, `effort`, `alignments`, `endorsements`); `is_there` whether it has
    any, `says` a sentence, and `links` the addresses where more is to be seen.
    """

    code: str
    is_there: bool
    says: str
    links: tuple[str, ...] = field(default=())


def shows(report: JsonObject) -> tuple[Shown, ...]:
    """The seven lines, always all of them, of a report as the contract has it."""
    credential = report["credential"]
    return tuple(line(credential) for line in _LINES)


def _criteria(credential: JsonObject) -> Shown:
    criteria = credential["criteria"]
    text, links = (criteria["text"] or "").strip(), _links([criteria])
    if text:
        says = "It says what had to be done for it"
        return Shown(
            "criteria", True, f"{says}: “{text}”" if len(text) <= FEW else f"{says}.", links
        )
    if links:
        says = "What had to be done for it stands on a page of its own, not in the badge."
        return Shown("criteria", True, says, links)
    return Shown("criteria", False, "It does not say what had to be done for it.")


def _evidence(credential: JsonObject) -> Shown:
    evidence = credential["evidence"]
    if not evidence:
        return Shown("evidence", False, "It comes without evidence of the work.")
    links, count = _links(evidence), len(evidence)
    if not links:
        says = f"{_many(count, 'piece')} of evidence, told in words; none can be opened."
        return Shown("evidence", True, says)
    with_links = "it" if count == 1 else f"{len(links)} of them" if len(links) < count else "each"
    says = f"{_many(count, 'piece')} of evidence, {with_links} with an address to open."
    return Shown("evidence", True, says, links)


def _assessed_by(credential: JsonObject) -> Shown:
    named = [one["name"] or one["url"] for one in credential.get("assessed_by", ())]
    if not named:
        return Shown("assessed_by", False, "It does not say who assessed the work.")
    who = " and ".join(f"“{name}”" for name in named[:3])
    more = f" and {len(named) - 3} more" if len(named) > 3 else ""
    return Shown(
        "assessed_by",
        True,
        f"It says that {who}{more} assessed the work.",
        _links(credential["assessed_by"]),
    )


def _results(credential: JsonObject) -> Shown:
    results = credential.get("results", ())
    if not results:
        return Shown("results", False, "It gives no result or grade.")
    told = [f"{one['name']}: {one['text']}" if one["name"] else one["text"] for one in results]
    return Shown("results", True, f"Result: {'; '.join(told[:5])}.")


def _effort(credential: JsonObject) -> Shown:
    credits, hours = credential.get("credits"), credential.get("hours")
    told = [
        *([f"{credits:g} {'credit' if credits == 1 else 'credits'}"] if credits else []),
        *([f"{hours:g} {'hour' if hours == 1 else 'hours'}"] if hours else []),
    ]
    if not told:
        return Shown("effort", False, "It gives neither hours nor credits.")
    return Shown("effort", True, f"It stands for {' and '.join(told)} of learning.")


def _alignments(credential: JsonObject) -> Shown:
    alignments = credential["alignments"]
    if not alignments:
        return Shown("alignments", False, "It is tied to no framework of skills or standards.")
    named = [one["name"] or one["url"] or "one without a name" for one in alignments]
    more = f" and {len(named) - 3} more" if len(named) > 3 else ""
    says = f"It is aligned to {', '.join(f'“{name}”' for name in named[:3])}{more}."
    return Shown("alignments", True, says, _links(alignments))


def _endorsements(credential: JsonObject) -> Shown:
    """Only those that hold count: anybody can write that they endorse something."""
    endorsements = credential["endorsements"]
    holding = [one for one in endorsements if one["verdict"] in ("verified", "unvouched")]
    if not endorsements:
        return Shown("endorsements", False, "Nobody endorses it.")
    if not holding:
        says = f"{_many(len(endorsements), 'endorsement')}, of which none holds."
        return Shown("endorsements", False, says)
    says = f"{_many(len(endorsements), 'endorsement')}, of which {len(holding)} hold."
    return Shown("endorsements", True, says.replace("1 hold.", "1 holds."))


_LINES: tuple[Callable[[JsonObject], Shown], ...] = (
    *(_criteria, _evidence, _assessed_by, _results, _effort, _alignments, _endorsements),
)


def _links(items: list[JsonObject]) -> tuple[str, ...]:
    """The addresses among them that a browser may open, each once."""
    given = (item["url"] for item in items)
    return tuple(dict.fromkeys(url for url in given if url and url.startswith("http")))


def _many(count: int, noun: str) -> str:
    return f"1 {noun}" if count == 1 else f"{count} {noun}s"

"""A CV or a mail in a terminal: every badge in it on a line or two, and what to ask about those
that don't hold.
"""

from __future__ import annotations

from collections.abc import Iterator

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from verifier.report import Check, Outcome, Report, Verdict
from wallet_server.looks import OUTCOMES, QUESTIONS, VERDICTS
from wallet_server.plain_text import plain

_TITLE = 60


def is_one(report: Report) -> bool:
    """Whether `report` is on a paper with badges in it, which proves nothing by itself."""
    held = report.credential
    return bool(report.bundle) and held.standard == "page" and held.kind == "record"


def parts(report: Report) -> Iterator[Text | Table | Padding]:
    """The headline, and an entry for each badge in the order of the paper."""
    yield Text(plain(report.headline), style="bold")
    table = Table.grid(padding=(0, 2), expand=False)
    table.add_column(justify="right", style="dim", no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for number, inner in _numbered(report):
        look = VERDICTS[inner.verdict]
        table.add_row(number, Text(f"{look.sign} {look.word}", style=look.terminal), _told(inner))
    yield Padding(table, (1, 0, 0, 0))
    hosts = dict.fromkeys(_hosts(report))
    if hosts:
        yield Padding(Text(f"Contacted: {plain(', '.join(hosts))}", style="dim"), (1, 0, 0, 0))


def _numbered(report: Report, before: str = "") -> Iterator[tuple[str, Report]]:
    """The badges, and those in a document within the paper as 2.1, 2.2 …"""
    for place, inner in enumerate(report.bundle, 1):
        yield f"{before}{place}", inner
        yield from _numbered(inner, f"{before}{place}.")


def _told(report: Report) -> Text:
    """What it is, its headline, and what is to be asked where something is wrong or unknown."""
    text = Text(_title(report), style="bold")
    text.append(f"\n{plain(report.headline)}", style="not bold")
    if is_one(report):
        return text
    text.append(f"\n{_answers(report)}", style="not bold dim")
    check = _decisive(report)
    if check is not None and check.fix:
        text.append(f"\n→ {plain(check.fix)}", style="not bold italic")
    text.append("\n")
    return text


def _title(report: Report) -> str:
    """The badge's own name; where nothing could be read, what the paper calls it."""
    said = report.checks[-1].detail
    claimed = said.get("page") if said.get("member") == "title" else None
    if report.credential.name or not claimed:
        held = report.credential
        return plain(held.name or held.id or report.source, _TITLE)
    return f"called “{plain(str(claimed), _TITLE)}”"


def title(report: Report) -> str:
    """How many badges there are."""
    number = sum(not is_one(inner) for _, inner in _numbered(report))
    return f" {number} {'badge' if number == 1 else 'badges'} "


def _answers(report: Report) -> str:
    """The five answers, each with its sign."""
    said = (f"{QUESTIONS[one.question]} {OUTCOMES[one.outcome][0]}" for one in report.checks)
    return "  ".join(one.replace(" ", "\u00a0") for one in said)


def _decisive(report: Report) -> Check | None:
    """The answer that keeps the badge from being verified."""
    if report.verdict is Verdict.VERIFIED:
        return None
    for outcome in (Outcome.FAILED, Outcome.UNKNOWN, Outcome.ABSENT):
        for check in report.checks:
            if check.outcome is outcome and check.fix:
                return check
    return None


def _hosts(report: Report) -> Iterator[str]:
    for document in report.contacted:
        yield document.url.split("/")[2]
    for inner in report.bundle:
        yield from _hosts(inner)

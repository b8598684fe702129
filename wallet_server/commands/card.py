"""Reports for people in a terminal: a card for one, a table for many. Colour is never alone."""

from __future__ import annotations

from rich.console import Console, Group
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from verifier.errors import NoCredential
from verifier.report import Check, Outcome, Report
from wallet_server.commands import paper
from wallet_server.looks import ERRORS, OUTCOMES, QUESTIONS, VERDICTS
from wallet_server.plain_text import plain
from wallet_server.verification import Verified

_OUTCOME_COLOURS = {
    Outcome.PASSED: "green",
    Outcome.FAILED: "red",
    Outcome.UNKNOWN: "bright_black",
    Outcome.ABSENT: "bright_black",
}


def show(results: list[Verified]) -> None:
    """Print a card for one result, or a table for several, in the order given."""
    console = Console(highlight=False, emoji=False, markup=False)
    if len(results) > 1:
        console.print(_table(results))
        return
    for result in results:
        if result.report is not None:
            console.print(_card(result.source, result.report))
        elif result.error is not None:
            console.print(_refusal(result.source, result.error))


def _card(source: str, report: Report) -> Panel:
    if paper.is_one(report):
        return _framed(source, report, [*paper.parts(report)])
    parts: list[Text | Table | Panel | Padding] = [Text(plain(report.headline), style="bold")]
    parts.append(Padding(_facts(report), (1, 0)))
    parts.append(_answers(report))
    if report.contacted:
        parts.append(Padding(_contacted(report), (1, 0, 0, 0)))
    parts.extend(_card(f"{index}", inner) for index, inner in enumerate(report.bundle, 1))
    return _framed(source, report, parts)


def _framed(source: str, report: Report, parts: list[Text | Table | Panel | Padding]) -> Panel:
    look = VERDICTS[report.verdict]
    words = paper.title(report) if paper.is_one(report) else f" {look.sign} {look.word} "
    title = Text(words, style=f"bold {look.terminal}")
    return Panel(
        Group(*parts),
        title=title,
        title_align="left",
        subtitle=Text(f" {_short(source, 64)} "),
        subtitle_align="right",
        border_style=look.terminal,
        padding=(1, 2),
    )


def _facts(report: Report) -> Table:
    """What it is and from whom; a name nobody vouches for is marked as a claim."""
    credential = report.credential
    table = Table.grid(padding=(0, 2))
    table.add_row("Badge", plain(credential.name or "(no name)"))
    table.add_row("Issuer", issuer_line(report))
    if credential.issued is not None:
        table.add_row("Issued", f"{credential.issued:%Y-%m-%d}")
    if credential.expires is not None:
        table.add_row("Expires", f"{credential.expires:%Y-%m-%d}")
    return table


def issuer_line(report: Report) -> str:
    """The issuer as proven; its name is a fact only where someone we trust vouches for it."""
    name = plain(report.credential.issuer.name or "", 120)
    proven = plain(report.proven or "", 120)
    if report.vouched_by and name:
        return f"{name} ({proven})" if proven else name
    claim = f"calls itself “{name}”" if name else "gives no name"
    return f"{proven}; {claim}" if proven else f"not proven; {claim}"


def _answers(report: Report) -> Table:
    table = Table.grid(padding=(0, 2))
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column()
    for check in report.checks:
        sign, word = OUTCOMES[check.outcome]
        answer = Text(f"{sign} {word}", style=_OUTCOME_COLOURS[check.outcome])
        table.add_row(QUESTIONS[check.question], answer, _sentence(check))
    return table


def _sentence(check: Check) -> Text:
    text = Text(plain(check.says))
    if check.fix:
        text.append(f"\n→ {plain(check.fix)}", style="italic")
    return text


def _contacted(report: Report) -> Text:
    hosts = dict.fromkeys(document.url.split("/")[2] for document in report.contacted)
    return Text(f"Contacted: {plain(', '.join(hosts))}", style="dim")


def _refusal(source: str, error: NoCredential) -> Panel:
    text = Text(plain(error.says))
    for found in error.found:
        text.append(f"\n· {plain(found, 200)}")
    return Panel(
        text,
        title=Text(f" ○ {ERRORS[error.code]} "),
        title_align="left",
        subtitle=Text(f" {_short(source, 64)} "),
        subtitle_align="right",
        padding=(1, 2),
    )


def _table(results: list[Verified]) -> Table:
    table = Table(show_edge=False, pad_edge=False, header_style="bold")
    table.add_column("Source", no_wrap=True)
    table.add_column("Verdict", no_wrap=True)
    table.add_column("In words", overflow="fold")
    for result in results:
        if result.report is not None:
            look = VERDICTS[result.report.verdict]
            word = Text(f"{look.sign} {look.word}", style=look.terminal)
            table.add_row(_short(result.source), word, plain(result.report.headline))
        elif result.error is not None:
            word = Text(f"○ {ERRORS[result.error.code]}")
            table.add_row(_short(result.source), word, plain(result.error.says))
    return table


def _short(source: str, limit: int = 32) -> str:
    """A source on one line, its middle left out: the end of a path says most."""
    line = plain(source, 4000)
    if len(line) <= limit:
        return line
    head = limit // 3
    return f"{line[:head]}…{line[len(line) - (limit - head - 1) :]}"

"""How a page is drawn: templates that escape everything, and a few words they share."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse

from verifier.report import Outcome, Question, Verdict
from wallet_server.looks import OUTCOMES, QUESTIONS, VERDICTS, Look
from wallet_server.plain_text import plain
from wallet_server.version import VERSION

PACKAGE = Path(__file__).parent.parent
STATIC = PACKAGE / "static"


def draw(template: str, status: int = 200, **values: object) -> HTMLResponse:
    """The page that `template` makes of `values`."""
    return HTMLResponse(rendered(template, **values), status)


def rendered(template: str, **values: object) -> str:
    """What `template` makes of `values`, everything escaped."""
    return _environment().get_template(template).render(**values)


@cache
def _environment() -> Environment:
    loader = FileSystemLoader(PACKAGE / "templates")
    environment = Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    environment.globals["version"] = VERSION
    environment.filters |= {
        "look": _look,
        "outcome": _outcome,
        "question": _question,
        "day": day,
        "minute": minute,
        "plain": _plain,
        "lines": _lines,
        "host": _host,
    }
    return environment


def _look(verdict: str) -> Look:
    return VERDICTS[Verdict(verdict)]


def _outcome(outcome: str) -> tuple[str, str]:
    return OUTCOMES[Outcome(outcome)]


def _question(question: str) -> str:
    return QUESTIONS[Question(question)]


def day(moment: str) -> str:
    """Day, month and year of an RFC 3339 moment."""
    read = datetime.fromisoformat(moment)
    return f"{read.day} {read:%B %Y}"


def minute(moment: str) -> str:
    """With the time, for when something was checked or saved."""
    return f"{day(moment)}, {datetime.fromisoformat(moment):%H:%M} UTC"


def _plain(text: object, limit: int = 600) -> str:
    return plain(str(text or ""), limit)


def _lines(text: object, limit: int = 4000) -> list[str]:
    """The lines that say something, each as `plain` has it, all together cut to `limit`."""
    shown = str(text or "")
    cut = shown if len(shown) <= limit else f"{shown[: limit - 1]}…"
    return [line for line in (plain(one, limit) for one in cut.splitlines()) if line]


def _host(url: str) -> str:
    """The host of an address that was looked up."""
    return url.split("/")[2] if url.count("/") >= 2 else url

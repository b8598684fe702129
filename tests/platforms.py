"""`python -m tests.platforms [--readme]`: what each platform's evidence can prove, as a table.

With `--readme` the table is written into the README, where a test holds it to the platforms' files.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from verifier.providers.registry import PROVIDERS

README = Path(__file__).parent.parent / "README.md"
START, END = "<!-- platforms -->\n", "<!-- /platforms -->"


def table() -> Iterator[str]:
    """The table, line by line."""
    yield "| platform | what is handed in | proven at best by | what that says |"
    yield "|---|---|---|---|"
    for provider in PROVIDERS:
        for number, one in enumerate(provider.evidence):
            title = "" if number else provider.title
            yield f"| {title} | {one.what} | {one.assurance} | {one.says} |"


def written() -> str:
    """The README with the table as it is now, between its two marks."""
    head, _, rest = README.read_text(encoding="utf-8").partition(START)
    lines = "".join(f"{line}\n" for line in table())
    return f"{head}{START}{lines}{END}{rest.partition(END)[2]}"


if __name__ == "__main__":
    click.echo("\n".join(table()))
    if "--readme" in sys.argv:
        README.write_text(written(), encoding="utf-8")

"""`touchstone wallet stacks` and `skills`: what the badges add up to, and what they show."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from wallet_server import wire
from wallet_server.commands.wallet.opening import opened, settings_for
from wallet_server.listening import remembered
from wallet_server.plain_text import plain
from wallet_server.stacks import picture, words
from wallet_server.stacks.everything import everything
from wallet_server.stacks.model import Stack, State
from wallet_server.stacks.skills import skills_of
from wallet_server.stacks.telling import skill_object, stack_object, summary
from wallet_server.stacks.words import Branch
from wallet_server.store import stacks as store

_SIGNS = {State.EARNED: "●", State.LAPSED: "○", State.UNSETTLED: "?", State.MISSING: "·"}


def show(data: Path | None, wanted: str | None, output: Path | None, *, as_json: bool) -> int:
    """Print every stack, or the one of that id or name; with `output` write its picture there."""
    with opened(data) as database:
        stacks = everything(database).stacks
    if wanted is None:
        if output is not None:
            raise click.UsageError("Say which stack to draw.")
        for stack in stacks:
            click.echo(wire.line(summary(stack)) if as_json else _line(stack))
        if not stacks and not as_json:
            click.echo("None of your badges says what it counts towards.")
        return 0
    stack = _chosen(stacks, wanted)
    if output is not None:
        output.write_text(picture.file(stack, _home(data)), "utf-8")
    elif as_json:
        click.echo(wire.line(stack_object(stack)))
    else:
        click.echo("\n".join((_line(stack), *_outline(words.outline(stack), 1))))
    return 0


def show_skills(data: Path | None, *, as_json: bool) -> int:
    """Print every skill with the badges that show it."""
    with opened(data) as database:
        skills = skills_of(store.all_cards(database))
    for skill in skills:
        if as_json:
            click.echo(wire.line(skill_object(skill)))
            continue
        click.echo(plain(skill.name, 200))
        for badge in skill.badges:
            name = plain(badge.name, 120) or "A badge without a name"
            click.echo(f"  {_SIGNS[badge.state]} {name}, {words.STATE[badge.state].lower()}")
    if not skills and not as_json:
        click.echo("None of your badges names a skill.")
    return 0


def _home(data: Path | None) -> str:
    """Where the wallet's pages are, or would be."""
    settings = settings_for(data)
    return remembered(settings.data) or f"http://127.0.0.1:{settings.port}"


def _chosen(stacks: tuple[Stack, ...], wanted: str) -> Stack:
    """By its id, or by a name that one alone has."""
    fitting = [
        one for one in stacks if one.id == wanted or one.name.casefold() == wanted.casefold()
    ]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        ids = ", ".join(one.id for one in fitting)
        raise click.ClickException(f"Several stacks are called that; give one's id: {ids}.")
    raise click.ClickException(f"There is no stack “{plain(wanted, 80)}”. List them all first.")


def _line(stack: Stack) -> str:
    told = words.counted(stack) if stack.parts else "no steps yet"
    return f"{plain(stack.name, 120)}  ({told})  {stack.id}"


def _outline(branch: Branch, depth: int) -> Iterator[str]:
    node = branch.node
    again = ", see above" if branch.again else ""
    name, stands = plain(node.name, 120), words.stands(node)
    yield f"{'  ' * depth}{_SIGNS[node.state]} {name}, {stands[:1].lower()}{stands[1:]}{again}"
    for part in branch.parts:
        yield from _outline(part, depth + 1)

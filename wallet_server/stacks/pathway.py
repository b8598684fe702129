"""Pathways that the owner draws: steps, which counts towards which, and the badge for each."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import asdict, replace

from verifier.addresses import is_address
from verifier.errors import Malformed
from wallet_server.stacks.awards import Card
from wallet_server.stacks.gathering import below
from wallet_server.stacks.graph import Graph
from wallet_server.stacks.model import Link, Node, Stack, State

#: Steps of one pathway, and letters of a name.
STEPS, LETTERS = 60, 200
_STEP = re.compile(r"[a-z0-9-]{1,20}")
_CREDENTIAL = re.compile(r"[0-9a-f]{32}")
_YOU = "you"


class Step(Struct, frozen=True):
    """One step: `part_of` are the ids of the steps it counts towards, none for the goal alone.

    It is there by the badge that its owner chose, `credential` (an id of the wallet), or by any
    badge of one `achievement` (its id, in the domain of who awards it).
    """

    id: str
    name: str
    part_of: tuple[str, ...] = ()
    credential: str | None = None
    achievement: str | None = None


class Pathway(Struct, frozen=True):
    """A pathway: `steps` has exactly one goal, and every step leads to it."""

    id: str
    name: str
    steps: tuple[Step, ...]

    @property
    def goal(self) -> Step:
        """What it all counts towards."""
        return next(step for step in self.steps if not step.part_of)

    def step(self, identifier: str) -> Step | None:
        """The step of that id."""
        return next((step for step in self.steps if step.id == identifier), None)


def begin(identifier: str, name: str) -> Pathway:
    """A pathway of nothing but its goal. Raises `Malformed`."""
    return checked(Pathway(identifier, name, (Step("goal", name),)))


def add(pathway: Pathway, name: str, part_of: str) -> Pathway:
    """With one more step. Raises `Malformed`."""
    taken = {step.id for step in pathway.steps}
    number = next(number for number in range(1, STEPS + 2) if f"step-{number}" not in taken)
    step = Step(f"step-{number}", name, (part_of,))
    return checked(replace(pathway, steps=(*pathway.steps, step)))


def change(pathway: Pathway, step: Step) -> Pathway:
    """With `step` in place of that of the same id. Raises `Malformed`."""
    steps = tuple(step if one.id == step.id else one for one in pathway.steps)
    return checked(replace(pathway, steps=steps))


def remove(pathway: Pathway, identifier: str) -> Pathway:
    """Without a step; what counted towards it counts towards what it did. Raises `Malformed`."""
    gone = pathway.step(identifier)
    if gone is None or not gone.part_of:
        raise Malformed("pathway.goal", "The goal itself can't be taken out; delete the pathway.")
    steps = (
        replace(one, part_of=tuple(dict.fromkeys(_instead(one.part_of, gone))))
        for one in pathway.steps
        if one.id != identifier
    )
    return checked(replace(pathway, steps=tuple(steps)))


def _instead(part_of: Sequence[str], gone: Step) -> Iterator[str]:
    for one in part_of:
        yield from gone.part_of if one == gone.id else (one,)


def read(identifier: str, document: object) -> Pathway:
    """A pathway from the JSON of the contract (section 4). Raises `Malformed`."""
    if not isinstance(document, dict) or not isinstance(document.get("steps"), list):
        says = "A pathway is an object with “name” and “steps”, a list of objects."
        raise Malformed("pathway.structure", says)
    steps = tuple(_step(one) for one in document["steps"][: STEPS + 1])
    return checked(Pathway(identifier, _name(document.get("name")), steps))


def written(pathway: Pathway) -> str:
    """The same as JSON in one spelling."""
    return json.dumps(as_object(pathway), ensure_ascii=False, sort_keys=True)


def as_object(pathway: Pathway) -> dict[str, object]:
    """The JSON of the contract, without the id."""
    steps = [{**asdict(step), "part_of": list(step.part_of)} for step in pathway.steps]
    return {"name": pathway.name, "steps": steps}


def checked(pathway: Pathway) -> Pathway:
    """`pathway` itself. Raises `Malformed` with what is wrong and how to mend it."""
    ids = [step.id for step in pathway.steps]
    if not pathway.name.strip() or not all(step.name.strip() for step in pathway.steps):
        raise Malformed("pathway.name", "A pathway and each of its steps need a name.")
    if len(ids) > STEPS:
        raise Malformed("pathway.steps", f"A pathway has at most {STEPS} steps; draw another one.")
    if len(set(ids)) != len(ids):
        raise Malformed("pathway.step", "Two steps have the same “id”; give each its own.")
    if sum(not step.part_of for step in pathway.steps) != 1:
        says = "Exactly one step, the goal, counts towards no other; all else leads to it."
        raise Malformed("pathway.goal", says)
    unknown = {one for step in pathway.steps for one in step.part_of} - set(ids)
    if unknown:
        says = f"“{min(unknown)}” is no step of this pathway; choose one that is."
        raise Malformed("pathway.part_of", says)
    parts = _parts(pathway)
    reached = {pathway.goal.id, *(link.part for link in below(pathway.goal.id, parts))}
    if reached != set(ids) or _circles(pathway):
        says = "A step can't count towards itself, nor towards what counts towards it."
        raise Malformed("pathway.circle", says)
    return pathway


def _circles(pathway: Pathway) -> bool:
    """Whether some steps are left over when those that nothing counts towards are taken away."""
    left = {step.id: set(step.part_of) for step in pathway.steps}
    while True:
        wholes = {whole for part_of in left.values() for whole in part_of}
        ends = [one for one in left if one not in wholes]
        if not ends:
            return bool(left)
        for one in ends:
            del left[one]


def _step(value: object) -> Step:
    if not isinstance(value, dict):
        raise Malformed("pathway.step", "Each of the “steps” is an object with “id” and “name”.")
    identifier, part_of = value.get("id"), value.get("part_of", [])
    credential, achievement = value.get("credential"), value.get("achievement")
    if not isinstance(identifier, str) or not _STEP.fullmatch(identifier):
        raise Malformed("pathway.step", "A step's “id” is 1 to 20 small letters, digits and “-”.")
    if not isinstance(part_of, list) or not all(isinstance(one, str) for one in part_of):
        raise Malformed("pathway.part_of", "“part_of” is a list of the ids of other steps.")
    if credential is not None and not _is_credential(credential):
        raise Malformed("pathway.credential", "“credential” is the id of one in the wallet.")
    if achievement is not None and not is_address(achievement):
        raise Malformed("pathway.achievement", "“achievement” is the web address of one.")
    towards = tuple(dict.fromkeys(part_of))
    return Step(identifier, _name(value.get("name")), towards, credential, achievement)


def _is_credential(value: object) -> bool:
    return isinstance(value, str) and _CREDENTIAL.fullmatch(value) is not None


def _name(value: object) -> str:
    if not isinstance(value, str) or not value.strip() or len(value) > LETTERS:
        raise Malformed("pathway.name", f"A “name” is text of 1 to {LETTERS} letters.")
    return " ".join(value.split())


def _parts(pathway: Pathway) -> dict[str, tuple[Link, ...]]:
    """Step → what counts towards it, as the owner drew it."""
    parts: dict[str, tuple[Link, ...]] = {}
    for step in pathway.steps:
        for whole in step.part_of:
            parts[whole] = (*parts.get(whole, ()), Link(step.id, whole, "part_of", _YOU))
    return parts


def stack_of(pathway: Pathway, graph: Graph, cards: Mapping[str, Card]) -> Stack:
    """The pathway with what the wallet has for it; `cards` are those of each credential. A step's
    badge brings what counts towards it by others' word.
    """
    nodes: dict[str, Node] = {}
    links = list(below(pathway.goal.id, _parts(pathway)))
    for step in pathway.steps:
        found = _found(step, graph, cards)
        nodes[step.id] = _node(step, None if found is None else graph.nodes[found], cards)
        if found is None:
            continue
        for link in below(found, graph.parts):
            whole = step.id if link.whole == found else link.whole
            links.append(replace(link, whole=whole))
            nodes[link.part] = graph.nodes[link.part]
    once = tuple({(link.part, link.whole): link for link in links}.values())
    return Stack(pathway.id, pathway.name, "drawn", pathway.goal.id, tuple(nodes.values()), once)


def _found(step: Step, graph: Graph, cards: Mapping[str, Card]) -> str | None:
    """The node of a step's badge; a badge that counts for nothing is none."""
    card = cards.get(step.credential or "")
    if card is not None and card.lead in graph.node_of:
        return graph.node_of[card.lead]
    return graph.known_as.get(step.achievement or "")


def _node(step: Step, found: Node | None, cards: Mapping[str, Card]) -> Node:
    if found is not None:
        return replace(found, id=step.id, name=step.name)
    node = Node(step.id, step.name, "other", State.MISSING, url=step.achievement)
    card = cards.get(step.credential or "")
    if card is None:
        return node
    return replace(node, verdict=card.verdict, page=f"/wallet/{card.lead}")

"""One pass from JSON to quads, for what badges are made of.

It knows exactly which members of the text became statements, so nothing has to be searched for
afterwards: a member that means nothing, an address that is not absolute, a value of the wrong kind
ends the pass (`NotMine`). The quads are those that pyld makes, which a test holds it to.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

from verifier.jsonld import kept, terms
from verifier.jsonld.canon import Quad, literal
from verifier.jsonld.safe import LIST_LENGTH
from verifier.jsonld.terms import Meaning, NotKept, NotMine, Term
from verifier.jsonld.vocabulary import LIMIT_IN_ALL

__all__ = ["Found", "NotMine", "quads_of"]

FIRST_UNNAMED = "_:b1"
#: How deep a document may be nested here.
DEPTH = 60

_RDF_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
_FIRST, _REST, _NIL = (
    f"<http://www.w3.org/1999/02/22-rdf-syntax-ns#{name}>" for name in ("first", "rest", "nil")
)
_XSD = "^^<http://www.w3.org/2001/XMLSchema#"
_BOOLEAN, _INTEGER, _DOUBLE = f"{_XSD}boolean>", f"{_XSD}integer>", f"{_XSD}double>"
#: A value that is no node, in the graph that a reader's members are held against.
_VALUE: Mapping[str, object] = {"@value": None}
_NONE = object()
_SHORTER = re.compile(r"(\d)0*E\+?(-)?0*(\d)")

Node = dict[str, Any]


class Found(NamedTuple):
    """The statements of a document, and its tree as statements: the top node, each property with
    its values (nodes, or something that is none). `nodes` are those that have an id, and are in no
    graph of their own, `unnamed` the number of parts without a name, of which the first is
    `FIRST_UNNAMED`.
    """

    quads: list[Quad]
    graph: Node
    nodes: list[Node]
    unnamed: int


@cache
def _processed() -> Meaning:
    from verifier.jsonld import processed  # here: pyld takes longer to load than most badges

    return processed.Processed().initial


def quads_of(document: object) -> Found:
    """The statements of `document`. Raises `NotMine`."""
    if type(document) is not dict or not document.get("@context"):
        raise NotMine
    try:
        return walked(document, kept.vocabulary().initial)
    except NotKept:
        return walked(document, _processed())


def walked(document: Node, initial: Meaning) -> Found:
    """The statements of `document` by the words of one vocabulary. Raises `NotMine`, `NotKept`."""
    walk = _Walk()
    _, top = walk.node(document, initial, "", 0)
    if not top or set(top) == {"@id"}:
        raise NotMine
    if walk.squares > LIST_LENGTH**2 or walk.contexts > LIMIT_IN_ALL:
        raise NotMine
    return Found(walk.quads, top, walk.nodes, walk.unnamed)


class _Walk:
    def __init__(self) -> None:
        self.quads: list[Quad] = []
        self.nodes: list[Node] = []
        self.squares = 0
        self.contexts = 0
        self.unnamed = 0

    def node(
        self, members: dict[str, Any], meaning: Meaning, graph: str, depth: int
    ) -> tuple[str, Node]:
        """The subject of an object's statements, and its properties."""
        if depth > DEPTH:
            raise NotMine
        if "@context" in members:
            self.contexts += 1
            meaning = meaning.under(members["@context"])
        outer, tree = meaning, Node()
        kinds = _only(members, outer.type_names)
        iris: tuple[str, ...] = ()
        if kinds is not _NONE:
            tree["@type"] = types = self._types(kinds)
            meaning, iris = outer.typed(types)
        subject = self._subject_of(members, meaning, tree, graph)
        quads, known = self.quads, meaning.known
        for iri in iris:
            quads.append((subject, _RDF_TYPE, iri, graph))
        for name, value in members.items():
            term = known.get(name)
            if term is None:
                if name == "@context":
                    continue
                term = meaning.term(name)
            iri = term.iri
            if iri[0] == "@":
                if iri == terms.TYPE and name not in outer.type_names:
                    raise NotMine
                continue
            if value is None:
                continue
            kind = type(value)
            told: list[Mapping[str, object]]
            if kind is list or term.is_list:
                told = self._several(subject, term, value, graph, depth)
            else:
                self.squares += 1
                if kind is str and term.is_text:
                    thing, node = literal(value) + (term.coerced or ""), _VALUE
                else:
                    thing, node = self._value(term, value, graph, depth)
                quads.append((subject, iri, thing, graph))
                told = [node]
            before = tree.get(term.name)
            tree[term.name] = told if before is None else before + told
        return subject, tree

    def _several(
        self,
        subject: str,
        term: Term,
        value: Any,  # noqa: ANN401  any JSON
        graph: str,
        depth: int,
    ) -> list[Mapping[str, object]]:
        """Say that `subject` has each of these values."""
        several = value if type(value) is list else [value]
        self.squares += len(several) ** 2
        if term.is_list:
            return [self._list(subject, term, several, graph, depth)]
        told = []
        for one in several:
            if one is None:
                continue
            if type(one) is str and term.is_text:
                thing, node = literal(one) + (term.coerced or ""), _VALUE
            else:
                thing, node = self._value(term, one, graph, depth)
            self.quads.append((subject, term.iri, thing, graph))
            told.append(node)
        return told

    def _subject_of(self, members: dict[str, Any], meaning: Meaning, tree: Node, graph: str) -> str:
        """What a node's statements are about: its id, or a part without a name."""
        value = _only(members, meaning.id_names)
        if value is _NONE:
            return self._blank()
        if type(value) is not str:
            raise NotMine
        tree["@id"] = iri = meaning.iri(value)
        if not graph:
            self.nodes.append(tree)
        return f"<{iri}>"

    def _types(self, value: object) -> list[str]:
        if type(value) is str:
            return [value]
        if type(value) is not list or not value or not all(type(one) is str for one in value):
            raise NotMine
        self.squares += len(value) ** 2
        return value

    def _blank(self) -> str:
        self.unnamed += 1
        return f"_:b{self.unnamed}"

    def _list(
        self, subject: str, term: Term, values: list[Any], graph: str, depth: int
    ) -> Mapping[str, object]:
        """Say that `subject` has these values, in this order."""
        told, before, link = [], subject, term.iri
        for one in values:
            if one is not None:
                thing, value = self._value(term, one, graph, depth)
                place = self._blank()
                self.quads += ((before, link, place, graph), (place, _FIRST, thing, graph))
                before, link = place, _REST
                told.append(value)
        self.quads.append((before, link, _NIL, graph))
        return {"@list": told}

    def _value(
        self,
        term: Term,
        value: Any,  # noqa: ANN401  any JSON
        graph: str,
        depth: int,
    ) -> tuple[str, Mapping[str, object]]:
        """A value as N-Quads write it, and the node that it is, or something that is none."""
        kind = type(value)
        if kind is dict:
            return self._object(term, value, graph, depth)
        if term.is_graph:
            raise NotMine
        coerced = term.coerced
        if kind is str:
            if coerced is None:
                return literal(value), _VALUE
            if coerced[:1] != "@":
                return literal(value) + coerced, _VALUE
            if term.of_text is None:
                raise NotMine
            iri = term.of_text.iri(value, is_word=coerced == "@vocab")
            return f"<{iri}>", {"@id": iri}
        if coerced is not None and coerced[:1] == "@":
            coerced = None
        return _number(value, coerced), _VALUE

    def _object(
        self, term: Term, members: dict[str, Any], graph: str, depth: int
    ) -> tuple[str, Mapping[str, object]]:
        meaning = term.inside
        if len(members) == 1 and term.of_text is not None:
            (name,) = members
            if name in term.of_text.id_names:
                meaning = term.alone
        if meaning is None:
            raise NotMine
        if not term.is_graph:
            return self.node(members, meaning, graph, depth + 1)
        name = self._blank()
        _, tree = self.node(members, meaning, name, depth + 1)
        if not tree or set(tree) == {"@id"}:
            raise NotMine
        return name, {"@graph": [tree]}


def _only(members: dict[str, Any], names: tuple[str, ...]) -> Any:  # noqa: ANN401  any JSON
    """The one member of these names, or `_NONE`."""
    found = _NONE
    for name in names:
        if name in members:
            if found is not _NONE:
                raise NotMine
            found = members[name]
    return found


def _number(value: object, datatype: str | None) -> str:
    """A number or truth value as N-Quads write it; 4.0 and 4 are one (JSON-LD 1.1 API, section
    8.6).
    """
    if type(value) is bool:
        return ('"true"' if value else '"false"') + (_BOOLEAN if datatype is None else datatype)
    if type(value) is float and math.isfinite(value):
        if not value.is_integer() or abs(value) >= 1e21:
            text = _SHORTER.sub(r"\1E\2\3", f"{value:1.15E}")
            return f'"{text}"' + (_DOUBLE if datatype is None else datatype)
        value = int(value)
    if type(value) is not int or abs(value) >= 10**21:
        raise NotMine
    return f'"{value}"' + (_INTEGER if datatype is None else datatype)

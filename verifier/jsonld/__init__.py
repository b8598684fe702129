"""The canonical form of a JSON-LD document: exactly what a Data Integrity signature covers.

- contexts are the pinned ones, by exact address; none is fetched and none may stand in the
  document;
- every term, type, address and language tag of the document must end up in a quad, or the document
  is rejected;
- the members a caller reads by name must stand in the graph where they stand in the text.

What badges are made of goes in one pass from JSON to quads (`quads`). Whatever that pass does not
know, or would refuse, goes to pyld (`by_pyld`), which alone says why something is rejected.
"""

from __future__ import annotations

from verifier import bounds
from verifier.jsonld import canon, quads
from verifier.jsonld.rejected import Rejected
from verifier.jsonld.shape import Shape
from verifier.model import JsonObject

__all__ = ["Rejected", "Shape", "canonical"]

_NO_SHAPE: Shape = {}


def canonical(document: JsonObject, read: Shape = _NO_SHAPE, *, algorithm: str = "sha256") -> str:
    """The canonical N-Quads (RDFC-1.0) of `document`, every part of which they cover.

    `read` names the members that the caller reads from the text and believes, level by level.
    Raises `Rejected` where the quads would not cover the text, and `TooCostly` for a document whose
    order takes too much work to find.
    """
    try:
        said = quads.said_by(document, read)
    except quads.NotMine:
        bounds.leave()
        # imported here: it takes longer to load than most badges take to verify
        from verifier.jsonld import by_pyld

        return by_pyld.canonical(document, read, algorithm)
    bounds.spend(said.count())
    return canon.canonical(said, algorithm=algorithm)

"""Bytes → the credential they carry: pictures in which one is baked, and text that is one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from verifier.addresses import read_address
from verifier.containers import png, svg, text
from verifier.containers.foreign import describe
from verifier.errors import Malformed, NoCredential

#: The largest picture that is looked into; what is baked in it has limits of its own.
PICTURE_LIMIT = 32 * 1024 * 1024


class Container(Protocol):
    """What a module for one kind of picture offers."""

    def recognises(self, content: bytes) -> bool:
        """Whether `content` is such a picture, by its own first bytes."""
        ...

    def unbake(self, content: bytes) -> tuple[bytes, ...]:
        """Every credential baked into it, byte for byte. Raises `Malformed`."""
        ...

    def bake(self, image: bytes, credential: bytes, keyword: bytes) -> bytes:
        """The picture with this credential in it and no other. Raises `Malformed`."""
        ...


#: The contract's word → the module that reads it.
CONTAINERS: Mapping[str, Container] = {"png": png, "svg": svg}
_SIZES = frozenset(("bake.size", "svg.size"))


@dataclass(frozen=True)
class Baked:
    """A credential as it was baked, and the contract's word for what it was baked into."""

    container: str
    content: bytes


def unbake(content: bytes) -> Baked:
    """The one credential that `content` carries or is, byte for byte.

    Raises `NoCredential`: `not_a_badge`, `ambiguous` (all are named in `found`), `malformed` or
    `too_large` (with the reason in `found`). Byte-equal copies are one credential.
    """
    word = container_of(content)
    if word is None:
        form = text.form(content)
        if form is None:
            raise _no_form(content)
        return Baked(form, content)
    if len(content) > PICTURE_LIMIT:
        raise NoCredential("too_large", f"The picture is over {PICTURE_LIMIT // 2**20} MiB.")
    try:
        found = tuple(dict.fromkeys(CONTAINERS[word].unbake(content)))
    except Malformed as error:
        code = "too_large" if error.reason in _SIZES else "malformed"
        raise NoCredential(code, error.says, (error.reason,)) from error
    return Baked(word, _only(found, word))


def container_of(content: bytes) -> str | None:
    """The contract's word for the kind of picture that `content` is; `None` for all else."""
    return next((word for word, kind in CONTAINERS.items() if kind.recognises(content)), None)


def _no_form(content: bytes) -> NoCredential:
    """Why this is neither picture nor credential; an address that is refused says by which rule."""
    if content.strip()[:8].lower().startswith((b"http:", b"https:")):
        try:
            read_address(content[:4000].decode("utf-8", "replace").strip())
        except Malformed as error:
            return NoCredential("malformed", error.says, (error.reason,))
    return NoCredential("not_a_badge", describe(content))


def _only(found: tuple[bytes, ...], word: str) -> bytes:
    if not found:
        raise NoCredential(
            "not_a_badge",
            f"This is only a picture ({word.upper()}): no badge is baked into it. "
            "Ask its holder for the badge's address, or for the file as the issuer gave it out.",
        )
    if len(found) > 1:
        raise NoCredential(
            "ambiguous",
            f"{len(found)} different badges are baked into this one picture, so that no reader "
            "can tell which is meant. Ask its holder for a file with one badge.",
            tuple(text.title(one) for one in found),
        )
    if text.form(found[0]) is None:
        raise NoCredential(
            "malformed",
            "What is baked into this picture is neither a credential nor an address where one is. "
            "Only the issuer can mend this, by baking the badge anew.",
            ("bake.text",),
        )
    return found[0]

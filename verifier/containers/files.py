"""Files → the credential in them: pictures, documents and archives, and text of every kind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

from msgspec.structs import replace

from verifier import bounds
from verifier.addresses import read_address
from verifier.containers import Baked, archive, pdf, pixels, png, qr, svg, text
from verifier.containers.foreign import describe
from verifier.errors import Malformed, NoCredential

#: The largest file that is looked into; what is baked in it has limits of its own.
PICTURE_LIMIT = 32 * 1024 * 1024
#: How many files may lie one within another: a picture in a document in an archive.
_LEVELS = 3


class Container(Protocol):
    """What a module for one kind of container offers."""

    def recognises(self, content: bytes) -> bool:
        """Whether `content` is such a file, by its own first bytes."""
        ...

    def unbake(self, content: bytes) -> tuple[bytes, ...]:
        """Every credential, or every file, that is in it, byte for byte. Raises `Malformed`."""
        ...


class Picture(Container, Protocol):
    """What a module for one kind of picture offers besides."""

    def bake(self, image: bytes, credential: bytes, keyword: bytes) -> bytes:
        """The picture with this credential in it and no other. Raises `Malformed`."""
        ...


#: The contract's word → the module that reads and bakes it.
PICTURES: Mapping[str, Picture] = {"png": png, "svg": svg}
#: The contract's word → the module that finds the files in it, each a container of its own.
FOLDERS: Mapping[str, Container] = {"pdf": pdf, "zip": archive}
_SIZES = frozenset(("bake.size", "svg.size", "zip.size", "json.size"))
_NAMES = {
    "png": "picture (PNG)",
    "svg": "picture (SVG)",
    "pdf": "PDF document",
    "zip": "ZIP archive",
    "qr": "picture",
}


def unbake(content: bytes) -> Baked:
    """As `containers.unbake`."""
    return _unbake(content, _LEVELS)


def container_of(content: bytes) -> str | None:
    """As `containers.container_of`."""
    kinds = {**PICTURES, **FOLDERS}
    return next((word for word, kind in kinds.items() if kind.recognises(content)), None)


def _unbake(content: bytes, levels: int) -> Baked:
    if content[:1] == b"{" and text.form(content) == "json":
        return Baked("json", content)
    word = container_of(content) or ""
    if word and len(content) > PICTURE_LIMIT:
        raise NoCredential("too_large", f"The file is over {PICTURE_LIMIT // 2**20} MiB.")
    try:
        if text.is_data(content):
            bounds.leave()
            return replace(_within_data(content, levels), container="data")
        if word in FOLDERS:
            bounds.leave()
            return Baked(word, _in_folder(word, content, levels))
        baked = PICTURES[word].unbake(content) if word in PICTURES else ()
    except Malformed as error:
        code = "too_large" if error.reason in _SIZES else "malformed"
        raise NoCredential(code, error.says, (error.reason,)) from error
    if word in PICTURES and (baked or not pixels.recognises(content)):
        return Baked(word, _one_text(baked, word, levels))
    if codes := qr.read(content):
        return Baked("qr", _one_text(codes, "qr", levels))
    form = text.form(content)
    if word or form is None:
        raise _no_form(content, word)
    return Baked(form, content)


def _in_folder(word: str, content: bytes, levels: int) -> bytes:
    """The one credential among the files of a document or archive."""
    found: dict[bytes, bytes] = {}
    for file in FOLDERS[word].unbake(content):
        if levels == 1 and container_of(file) in FOLDERS:
            raise Malformed(
                "zip.nested", "Files lie within files within files here. Unpack them first."
            )
        try:
            baked = _unbake(file, levels - 1)
        except NoCredential as error:
            if error.code != "not_a_badge":
                raise
            continue
        if text.may_be_award(baked.content):
            found.setdefault(baked.content.strip(), baked.content)
    return _only(found.values(), word)


def _within_data(content: bytes, levels: int) -> Baked:
    inner = text.data(content)
    if text.is_data(inner) or levels == 1:
        raise Malformed("data.nested", "This data: URL holds another. Unpack it first.")
    return _unbake(inner, levels - 1)


def _one_text(found: Iterable[bytes], word: str, levels: int) -> bytes:
    """The one text baked into a picture, or the one that a QR code in it holds."""
    one = _only(found, word)
    if text.is_data(one):
        try:
            return _within_data(one, levels).content
        except Malformed as error:
            raise NoCredential("malformed", error.says, (error.reason,)) from error
    if text.form(one) is None:
        raise NoCredential(
            "malformed",
            "What is baked into this picture is neither a credential nor an address where one is. "
            "Only the issuer can mend this, by baking the badge anew.",
            ("bake.text",),
        )
    return one


def _only(found: Iterable[bytes], word: str) -> bytes:
    different = tuple(dict.fromkeys(found))
    if not different:
        raise _nothing_in(word)
    if len(different) > 1:
        raise NoCredential(
            "ambiguous",
            f"There are {len(different)} different badges in this one {_NAMES[word]}, so that no "
            "reader can tell which is meant. Ask its holder for a file with one badge.",
            tuple(text.title(one) for one in different),
        )
    return different[0]


def _no_form(content: bytes, word: str) -> NoCredential:
    """Why this is neither picture nor credential; an address that is refused says by which rule."""
    if word:
        return _nothing_in(word)
    if content.strip()[:8].lower().startswith((b"http:", b"https:")):
        try:
            read_address(content[:4000].decode("utf-8", "replace").strip())
        except Malformed as error:
            return NoCredential("malformed", error.says, (error.reason,))
    return NoCredential("not_a_badge", describe(content))


def _nothing_in(word: str) -> NoCredential:
    if word in FOLDERS:
        return NoCredential(
            "not_a_badge",
            f"No badge is in this {_NAMES[word]}: neither a credential nor a picture with one. "
            "Ask its holder for the badge's address, or for the file as the issuer gave it out.",
        )
    return NoCredential(
        "not_a_badge",
        f"This is only a {_NAMES[word]}: no badge is baked into it. "
        "Ask its holder for the badge's address, or for the file as the issuer gave it out.",
    )

"""The badge as one file that every wallet and verifier reads: its credential baked into its
picture. To be run in a worker: pictures of strangers are decoded for it.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from msgspec import Struct

from verifier import bounds, parse
from verifier.containers import container_of, pixels, text, unbake
from verifier.containers.files import PICTURES
from verifier.errors import Malformed, NoCredential
from verifier.model import Document, Payload, Request
from wallet_server.thumbnails import Thumbnail, picture_of

if TYPE_CHECKING:
    from PIL import Image

_OPEN_BADGES_3 = ("OB 3", "CLR", "VC", "VP", "SD-JWT")
#: Texts that are a credential, by the contract's words; an address is none.
_CREDENTIALS = frozenset(("json", "jwt"))
_NO_CREDENTIAL = (
    "This badge is what its platform's page shows: there is no credential that a picture could "
    "carry. Hand on its address."
)
_NO_PICTURE = (
    "This badge has no picture at hand to bake it into. Hand on the file as it was received."
)


class Source(Struct, frozen=True):
    """What a badge's file is made of: the bytes as received, the credential's own `image`, what was
    fetched for its check, and the small picture that the wallet made.
    """

    received: tuple[bytes, ...]
    image: str | None
    documents: Mapping[Request, Document]
    small: Thumbnail | None


class BakedFile(Struct, frozen=True):
    """A picture with the badge in it; `ending` is `png` or `svg`. `is_received` where it came so
    and nothing was baked anew.
    """

    content: bytes
    ending: str
    is_received: bool


def baked_file(sources: tuple[Source, ...]) -> BakedFile:
    """The picture with the badge in it: as it was received in one of its forms, else baked from the
    first that has a credential. Raises `NoCredential` where no file can be made, saying why.
    """
    every = [content for source in sources for content in source.received]
    for content in every:
        word = container_of(content) or ""
        if word in PICTURES and _carries(content):
            return BakedFile(content, word, is_received=True)
    credential = next((one for content in every if (one := _credential(content))), None)
    if credential is None:
        raise NoCredential("not_a_badge", _NO_CREDENTIAL)
    for picture in _pictures(sources):
        word = container_of(picture) or ""
        try:
            baked = PICTURES[word].bake(picture, credential, keyword(credential))
        except Malformed:
            continue  # a picture that can't take it; another may
        return BakedFile(baked, word, is_received=False)
    raise NoCredential("not_a_badge", _NO_PICTURE)


def keyword(credential: bytes) -> bytes:
    """The baking specification's keyword for this credential. Raises `NoCredential`."""
    form = text.form(credential)
    if form is None:
        raise NoCredential(
            "not_a_badge",
            "What should be baked is neither a credential (JSON, or a compact JWS) nor the "
            "address of one. Touchstone bakes nothing else.",
        )
    if form == "url":
        return b"openbadges"
    read = parse.parse(Payload("credential", credential, form), {})
    newer = read.standard.startswith(_OPEN_BADGES_3)
    return b"openbadgecredential" if newer else b"openbadges"


def _carries(picture: bytes) -> bool:
    """Whether a credential, or its address, is baked into it: a code drawn into it is not."""
    try:
        with bounds.at_once():
            return text.form(unbake(picture).content) is not None
    except (NoCredential, bounds.Heavy):
        return False


def _credential(content: bytes) -> bytes | None:
    """The credential in a file that was received, `None` where only a page or an address is."""
    try:
        found = unbake(content).content
    except NoCredential:
        return None
    return found if text.form(found) in _CREDENTIALS else None


def _pictures(sources: tuple[Source, ...]) -> Iterable[bytes]:
    """Pictures of the badge that something can be baked into, the largest kind first."""
    for source in sources:
        for content in source.received or (b"",):
            found = picture_of(content, source.image, source.documents)
            yield from _bakeable(found)
    for source in sources:
        yield from _bakeable(source.small.content if source.small else None)


def _bakeable(picture: bytes | None) -> Iterable[bytes]:
    """As it is where its kind carries badges, else drawn anew as a PNG."""
    if picture is None:
        return
    if container_of(picture) in PICTURES:
        yield picture
        return
    drawn = pixels.see(picture, "RGB", _as_png)
    if drawn is not None:
        yield drawn


def _as_png(picture: Image.Image) -> bytes:
    made = io.BytesIO()
    seen = picture.convert("RGBA" if picture.has_transparency_data else "RGB")
    seen.save(made, "PNG", optimize=True)
    return made.getvalue()

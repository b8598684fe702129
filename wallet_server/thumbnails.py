"""Pictures of badges made small, for the gallery. To be run in a worker: pixels of strangers are
decoded there, and what comes out is drawn anew, with nothing else of the file it came from.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from msgspec import Struct

from verifier.containers import pixels, svg, text
from verifier.errors import Malformed
from verifier.model import Document, Request

if TYPE_CHECKING:
    from PIL import Image

#: The longer side, in pixels: twice what the gallery shows, for sharp screens.
SIDE = 320
#: A drawing is kept as it is, since it has no size of its own. A larger one has no thumbnail, nor
#: one that repeats its parts so often that drawing them would never end.
DRAWING, REPEATED = 256 * 1024, 32
_REPEATS = re.compile(rb"<(?:[\w.-]{1,40}:)?use\b")
_GZIP = b"\x1f\x8b"


class Thumbnail(Struct, frozen=True):
    """A small picture; `media_type` is `image/webp` or `image/svg+xml`."""

    media_type: str
    content: bytes

    @property
    def is_as_it_came(self) -> bool:
        """Whether it is a drawing, with all that was in its file: maybe the badge itself."""
        return self.media_type == "image/svg+xml"


def thumbnail(content: bytes) -> Thumbnail | None:
    """The picture made small; `None` where none can be made within the limits."""
    drawn = pixels.see(content, "RGB", _small)
    if drawn is not None:
        return Thumbnail("image/webp", drawn)
    is_drawing = not content.startswith(_GZIP) and svg.recognises(content)
    if is_drawing and len(content) <= DRAWING and len(_REPEATS.findall(content)) <= REPEATED:
        return Thumbnail("image/svg+xml", content)
    return None


def picture_of(
    content: bytes, image: str | None, documents: Mapping[Request, Document]
) -> bytes | None:
    """The badge's picture, of what is at hand: what it came baked into, what it carries in itself
    (`image` a `data:` URL), or what was fetched for it. `None` where that is nothing.
    """
    if pixels.recognises(content) or svg.recognises(content):
        return content
    if image is None:
        return None
    if text.is_data(image.encode("utf-8", "replace")):
        try:
            return text.data(image.encode("utf-8", "replace"))
        except Malformed:
            return None
    fetched = (one for request, one in documents.items() if request.url == image)
    return next((one.content for one in fetched if one.answered), None)


def _small(picture: Image.Image) -> bytes:
    """At most `SIDE` by `SIDE`, see-through where the badge is; of what moves the first frame."""
    from PIL import Image

    seen = picture.convert("RGBA" if picture.has_transparency_data else "RGB")
    seen.thumbnail((SIDE, SIDE), Image.Resampling.LANCZOS)
    made = io.BytesIO()
    seen.save(made, "WEBP", quality=82, method=4)
    return made.getvalue()

"""`touchstone bake`: a credential into a picture, where other tools find it."""

from __future__ import annotations

from pathlib import Path

from verifier.containers import container_of
from verifier.containers.files import PICTURES
from verifier.errors import Malformed, NoCredential
from wallet_server.commands.verify import print_error
from wallet_server.handing.baking import keyword
from wallet_server.sources import read_source


def run(image: str, credential: str, output: Path) -> int:
    """Write `image` with `credential` baked into it to `output`.

    2 where `output` is one of the two sources, 3 where there is no credential to bake, 1 where the
    picture can't take it or a file can't be read or written.
    """
    if any(_same(output, source) for source in (image, credential)):
        print_error(f"“{output}” is what is baked from. Name another file with --output.")
        return 2
    try:
        baking = _file(credential)
        word_for = keyword(baking)
        picture = _file(image)
        word = container_of(picture) or ""
        if word not in PICTURES:
            print_error(f"“{image}” is neither PNG nor SVG: no other picture carries a badge.")
            return 1
        baked = PICTURES[word].bake(picture, baking, word_for)
        output.write_bytes(baked)
    except NoCredential as error:
        print_error(error.says)
        return 1 if error.code == "unreachable" else 3
    except Malformed as error:
        print_error(error.says)
        return 1
    except OSError as error:
        print_error(f"“{output}” can't be written: {error.strerror}.")
        return 1
    return 0


def _file(source: str) -> bytes:
    content = read_source(source)
    if isinstance(content, str):
        raise NoCredential("unreachable", f"Download “{source}” first: bake works on files.")
    return content


def _same(output: Path, source: str) -> bool:
    """Whether writing `output` would overwrite `source`, under whatever name."""
    try:
        return output.samefile(source)
    except OSError:
        return False

"""PDF: a credential attached to the document, or written into its metadata.

ISO 32000-2, sections 7.11.4 (embedded files), 14.3.2 (XMP) and 14.3.3 (the Info dictionary). Pages
are never drawn, actions never run, and an attachment's name is never used. The reader is a library,
held to limits far below its own; run it in a worker, since a document can be made to cost time.
"""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Protocol, TypeVar, runtime_checkable

from verifier.containers import text
from verifier.errors import Malformed

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element  # what strangers wrote goes to defusedxml

    from pypdf import PdfReader

T = TypeVar("T")

#: What one attachment, and all metadata, may hold once unpacked.
LIMIT = 4 * 1024 * 1024
ATTACHMENTS = 100
NODES = 1000
#: Objects in the whole document: the pages of a book.
OBJECTS = 50_000
#: Pages of a paper that are read for what they say.
PAGES = 12
#: How far before its end a document says where its table is; what follows is rubbish of transport.
TAIL = 64 * 1024
#: The names under which other containers keep a credential; an address counts under these alone.
_KEYWORDS = frozenset(("openbadges", "openbadgecredential", "assertion", "credential"))
_MAGIC = b"%PDF-"
_LOWERED: dict[str, int | None] = {
    "maximum_declared_stream_length": 32 * 1024 * 1024,
    "array_based_stream_maximum_output_length": LIMIT,
    "array_maximum_element_count": 20_000,
    "dictionary_maximum_element_count": 2_000,
    "zlib_maximum_output_length": LIMIT,
    "zlib_maximum_recovery_input_length": 64 * 1024,
    "stream_filters_maximum_length": 2,  # a predictor's stream has one; LZW and the rest get none
    "stream_decoding_work_maximum_length": 2 * LIMIT,
    "lzw_maximum_output_length": 1,
    "run_length_maximum_output_length": 1,
    "jbig2_maximum_output_length": 1,
    "brotli_maximum_output_length": 1,
    "jbig2dec_binary": None,
    "disable_legacy_handling": True,
}
_FILTER = "/FlateDecode"
#: What the library gives up with where a document is not what it must be.
_BROKEN = (
    *(TypeError, ValueError, LookupError, AttributeError, AssertionError, ArithmeticError),
    *(NotImplementedError, RecursionError, EOFError, zlib.error, struct.error),
)


def recognises(content: bytes) -> bool:
    """Whether `content` starts as a PDF does."""
    return content[:64].lstrip().startswith(_MAGIC)


def unbake(content: bytes) -> tuple[bytes, ...]:
    """Every attached file, and every text of the metadata that could be a credential.

    Raises `Malformed`: `pdf.limit`, `pdf.locked` where a password is asked for, and `pdf.damaged`.
    """
    return opened(content, lambda reader: (*attached(reader), *_in_metadata(reader)))


def lines(content: bytes) -> tuple[str, ...]:
    """What the first `PAGES` pages say, line by line, white space made one blank.

    Raises `Malformed` as `unbake` does.
    """
    return opened(content, lambda reader: tuple(_lines(reader)))


def _lines(reader: PdfReader) -> Iterator[str]:
    for page in reader.pages[:PAGES]:
        for line in page.extract_text().splitlines():
            if plain := " ".join(line.split()):
                yield plain


def opened(content: bytes, read: Callable[[PdfReader], T]) -> T:
    """What `read` makes of the document, held to the limits above. Raises `Malformed` as `unbake`
    does.
    """
    # Imported here: it takes longer than checking a badge, and most badges are no PDF.
    import logging

    from pypdf import PdfReader, apply_configuration

    # Its complaints about a document are no news to whoever runs the program, and a document can be
    # made to bring about hundreds of thousands of them.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    from pypdf.errors import (
        DependencyError,
        DeprecationError,
        FileNotDecryptedError,
        LimitReachedError,
        PyPdfError,
    )

    _bound_work(content)
    try:
        with apply_configuration(None, **_LOWERED):
            reader = PdfReader(
                io.BytesIO(content),
                root_object_recovery_limit=1000,
                xref_stream_maximum_entries=OBJECTS,
            )
            return read(reader)
    except FileNotDecryptedError as error:
        raise Malformed(
            "pdf.locked",
            "This PDF is protected with a password. Ask its holder for the badge itself.",
        ) from error
    except LimitReachedError as error:
        raise _over_limit() from error
    except (PyPdfError, DeprecationError, DependencyError, *_BROKEN) as error:
        raise _damaged() from error


def _bound_work(content: bytes) -> None:
    """Refuse what the library would read line by line, or object by object, without end."""
    if b"%%EOF" not in content[-TAIL:]:
        raise _damaged()
    if content.count(b"endobj") > OBJECTS or content.count(b" obj") > OBJECTS:
        raise _over_limit()


def attached(reader: PdfReader) -> Iterator[bytes]:
    """The embedded files: those of the catalog's name tree, and those associated with it."""
    catalog = reader.root_object
    files = array(catalog.get("/AF"))
    waiting, seen = [dictionary(dictionary(catalog.get("/Names")).get("/EmbeddedFiles"))], 0
    while waiting:
        node = waiting.pop()
        seen += 1
        if seen + len(waiting) > NODES or len(files) > 2 * ATTACHMENTS:
            raise _over_limit()
        files = [*files, *array(node.get("/Names"))[1::2]]
        waiting += [dictionary(kid) for kid in array(node.get("/Kids"))[:NODES]]
    taken: set[int] = set()
    for file in files:
        versions = dictionary(dictionary(file).get("/EF"))
        for key in ("/F", "/UF"):
            stream = reached(versions.get(key))  # a plain stream is an empty dictionary, too
            if isinstance(stream, dict) and id(stream) not in taken:
                taken.add(id(stream))
                if len(taken) > ATTACHMENTS:
                    raise _over_limit()
                yield _unpacked(stream)


def _in_metadata(reader: PdfReader) -> Iterator[bytes]:
    """Texts of the Info dictionary, and of the document's XMP."""
    for key, value in dictionary(reader.trailer.get("/Info")).items():
        found = reached(value)
        if isinstance(found, str):
            yield from _meant(key.lstrip("/"), found)
    stream = reached(reader.root_object.get("/Metadata"))
    if isinstance(stream, dict):
        yield from _in_xmp(_unpacked(stream))


def _in_xmp(packet: bytes) -> Iterator[bytes]:
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import ParseError, fromstring

    try:
        root: Element = fromstring(packet, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError):
        return  # the document can be read without it
    for element in root.iter():
        yield from _meant(element.tag.rpartition("}")[2], element.text or "")
        for name, value in element.attrib.items():
            yield from _meant(name.rpartition("}")[2], value)


def _meant(name: str, value: str) -> Iterator[bytes]:
    """`value` where it could be a credential, or is an address under a name that promises one."""
    content = value.strip().encode("utf-8", "replace")
    form = text.form(content)
    if form in ("json", "jwt") or (form == "url" and name.lower() in _KEYWORDS):
        yield content


def _unpacked(stream: dict[str, object]) -> bytes:
    """The bytes of a stream that is plain, or packed once with Flate."""
    filters = reached(stream.get("/Filter"))
    names = filters if isinstance(filters, list) else [filters] if isinstance(filters, str) else []
    if len(names) > 1 or any(reached(name) != _FILTER for name in names):
        raise Malformed(
            "pdf.limit",
            "This PDF packs its attachments in a way that no badge needs. "
            "Ask its holder for the badge itself.",
        )
    if not isinstance(stream, Stream):
        raise TypeError("a file that is no stream")
    unpacked = stream.get_data()
    if len(unpacked) > LIMIT:
        raise _over_limit()
    return unpacked


@runtime_checkable
class _Object(Protocol):
    """Any value in a document, or a reference to one."""

    def get_object(self) -> object: ...


@runtime_checkable
class Stream(Protocol):
    """A value with bytes of its own."""

    def get_data(self) -> bytes: ...


def reached(value: object) -> object:
    """What a reference leads to; a value that is none is itself."""
    return value.get_object() if isinstance(value, _Object) else value


def dictionary(value: object) -> dict[str, object]:
    """The dictionary that `value` is or leads to, an empty one for all else."""
    found = reached(value)
    return found if isinstance(found, dict) else {}


def array(value: object) -> list[object]:
    """The array that `value` is or leads to, an empty one for all else."""
    found = reached(value)
    return found if isinstance(found, list) else []


def _damaged() -> Malformed:
    return Malformed(
        "pdf.damaged", "This PDF is damaged. Download it again, or ask its holder for a copy."
    )


def _over_limit() -> Malformed:
    return Malformed(
        "pdf.limit",
        "This PDF holds more, or packs it tighter, than any badge needs. "
        "Ask its holder for the badge itself.",
    )

"""SVG: a credential in an element of its own.

The Open Badges Baking Specification 2.0, and Open Badges 3.0, section 5.3.2. The XML comes from
strangers: no entities, no internal DTD, nothing external, and limits on all that can grow. The
ordinary SVG 1.1 DOCTYPE is let through; what it names is never fetched.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from html import escape

from msgspec import Struct, field

from verifier.containers import text
from verifier.errors import Malformed

SIZE = 4 * 1024 * 1024
DEPTH = 64
ATTRIBUTES = 256
ELEMENTS = 50_000
#: Keyword → the element's namespace and name; the keywords are those of PNG.
ELEMENT = {
    b"openbadges": ("http://openbadges.org", "assertion"),
    b"openbadgecredential": ("https://purl.imsglobal.org/ob/v3p0", "credential"),
}
_ENCODINGS = ("utf-8", "utf8", "us-ascii", "utf-16")
#: As expat names them.
_TAGS = frozenset(f"{namespace}}}{name}" for namespace, name in ELEMENT.values())
_GZIP = b"\x1f\x8b\x08"
_PROLOGUE = re.compile(
    r"\s+|<\?.{0,2000}?\?>|<!--.{0,20000}?-->|<!DOCTYPE[^>\[]{0,2000}>", re.S | re.I
)
_DECLARED = re.compile(r"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._-]+)[\"']")
_ROOT = re.compile(r"<(?:[A-Za-z_][\w.-]*:)?svg[\s/>]")
_INTERNAL = re.compile(r"<!DOCTYPE\s+(?:[A-Za-z_][\w.-]*:)?svg\b", re.I)


#: Called with text, and where a section begins or ends.
_Text = Callable[[str], None] | None
_Mark = Callable[[], None] | None


class _Element(Struct):
    """One baked element: where it stands in the bytes, and what is in it."""

    start: int
    verify: str
    end: int = 0
    outside: str = ""
    sections: list[bytes] = field(default_factory=list)


def recognises(content: bytes) -> bool:
    """Whether `content` is text that opens with an `svg` element, compressed (SVGZ) or not."""
    try:
        head = _decoded(_unzipped(content, partial=True)[:65536], partial=True)[0]
    except Malformed:
        return False
    at = 0
    while match := _PROLOGUE.match(head, at):
        at = match.end()
    return _ROOT.match(head, at) is not None or _INTERNAL.match(head, at) is not None


def unbake(content: bytes) -> tuple[bytes, ...]:
    """Every credential baked into the picture, as it stands between the CDATA marks.

    An element that has both a body and a `verify` attribute is one credential where the two name
    the same one (the signed form, else the JSON, is taken), and two otherwise. Raises `Malformed`:
    `svg.entity`, `svg.limit`, `svg.size`, `svg.encoding`, or `bake.damaged` where it is not XML.
    """
    source, _ = _decoded(_unzipped(content))
    found: list[bytes] = []
    for element in _Reader(source.encode()).elements:
        found += _credentials(element)
    return tuple(found)


def bake(image: bytes, credential: bytes, keyword: bytes) -> bytes:
    """`image` with `credential` in the element of `keyword`, in place of any it had before.

    An address or a compact JWS goes into the `verify` attribute, JSON into the body. Raises
    `Malformed` as `unbake` does.
    """
    source, encoding = _decoded(_unzipped(image))
    data = source.encode()
    reader = _Reader(data)
    for element in reversed(reader.elements):
        data = data[: element.start] + data[element.end :]
    at = _tag_end(data, reader.root)
    namespace, name = ELEMENT[keyword]
    open_tag = f'<openbadges:{name} xmlns:openbadges="{namespace}"'
    if text.form(credential) == "json":
        body = credential.replace(b"]]>", b"]]]]><![CDATA[>")
        baked = f"{open_tag}><![CDATA[".encode() + body + f"]]></openbadges:{name}>".encode()
    else:
        baked = f'{open_tag} verify="{escape(credential.decode().strip())}"/>'.encode()
    if data[at - 2 : at] == b"/>":
        tag = re.match(rb"<([^\s/>]+)", data[reader.root :])
        closing = b"</" + tag[1] + b">" if tag else b""
        data = data[: at - 2] + b">" + baked + closing + data[at:]
    else:
        data = data[:at] + baked + data[at:]
    return data.decode().encode(encoding)


def _credentials(element: _Element) -> list[bytes]:
    """The credential in one element; two where body and attribute are about different ones."""
    if element.sections and element.outside.strip():
        raise _damaged("its badge stands partly inside and partly outside CDATA")
    body = b"".join(element.sections) if element.sections else element.outside.strip().encode()
    verify = element.verify.strip().encode()
    if not verify or not body.strip():
        return [body if body.strip() else verify]
    named = text.identifiers(body)
    if not named:
        return [body]  # nothing to compare, or nothing to read: the body has to stand for itself
    if not set(named) & set(text.identifiers(verify)):
        return [body, verify]
    return [verify if text.form(verify) == "jwt" else body]


class _Reader:
    """Walks the document once and notes where its baked elements and its root are.

    Expat fetches nothing; text is listened to only within a baked element.
    """

    def __init__(self, data: bytes) -> None:
        from pyexpat import ExpatError, ParserCreate  # here: few badges are baked into an SVG

        self.elements: list[_Element] = []
        self.root = 0
        self._data = data
        self._depth = self._count = 0
        self._open: _Element | None = None
        self._opened_at = 0
        self._section: int | None = None
        self._expat = expat = ParserCreate("utf-8", "}")
        expat.buffer_text = expat.ordered_attributes = expat.specified_attributes = True
        expat.StartDoctypeDeclHandler = self._doctype
        expat.EntityDeclHandler = self._entity
        expat.SkippedEntityHandler = self._skipped
        expat.StartElementHandler = self._start
        expat.EndElementHandler = self._end
        try:
            expat.Parse(data, True)
        except (ExpatError, ValueError) as error:
            raise _damaged("it is not well-formed XML") from error

    def _start(self, tag: str, attributes: list[str]) -> None:
        """An element opens; `attributes` are names and values in turn."""
        self._depth += 1
        self._count += 1
        if self._depth > DEPTH or len(attributes) > 2 * ATTRIBUTES or self._count > ELEMENTS:
            raise Malformed(
                "svg.limit", "This SVG is nested deeper or made of more parts than any badge needs."
            )
        if self._depth == 1:
            self.root = self._expat.CurrentByteIndex
        if tag in _TAGS:
            if self._open is not None:
                raise _damaged("one badge stands within another")
            named = dict(zip(attributes[::2], attributes[1::2], strict=True))
            self._open = _Element(self._expat.CurrentByteIndex, named.get("verify", ""))
            self._opened_at = self._depth
            self._listen(self._text, self._section_start, self._section_end)

    def _listen(self, text: _Text, section: _Mark, end: _Mark) -> None:
        self._expat.CharacterDataHandler = text
        self._expat.StartCdataSectionHandler = section
        self._expat.EndCdataSectionHandler = end

    def _end(self, tag: str) -> None:
        """An element closes."""
        element = self._open
        if element is not None and self._opened_at == self._depth:
            element.end = _tag_end(self._data, element.start)
            if self._data[element.end - 2 : element.end] != b"/>":
                element.end = _tag_end(self._data, self._expat.CurrentByteIndex)
            self.elements.append(element)
            self._open = None
            self._listen(None, None, None)
        self._depth -= 1

    def _text(self, characters: str) -> None:
        """Text in a baked element; CDATA is cut from the bytes, where line ends are as baked."""
        if self._open is not None and self._section is None:
            self._open.outside += characters

    def _section_start(self) -> None:
        self._section = self._expat.CurrentByteIndex + len(b"<![CDATA[")

    def _section_end(self) -> None:
        if self._open is not None and self._section is not None:
            self._open.sections.append(self._data[self._section : self._expat.CurrentByteIndex])
        self._section = None

    def _doctype(self, name: str, system: str | None, public: str | None, internal: bool) -> None:
        if internal:
            raise Malformed("svg.entity", "This SVG brings a DTD of its own, which no badge needs.")

    def _entity(self, *_: object) -> None:
        raise Malformed("svg.entity", "This SVG defines entities of its own, which no badge needs.")

    def _skipped(self, *_: object) -> None:
        """What an entity means stands where nobody looks."""
        raise _damaged("it is not well-formed XML")


def _tag_end(data: bytes, at: int) -> int:
    """The offset behind the tag that opens at `at`; a `>` within quotes does not end it."""
    quote = 0
    for index in range(at, len(data)):
        byte = data[index]
        if quote:
            quote = 0 if byte == quote else quote
        elif byte in b"\"'":
            quote = byte
        elif byte == ord(">"):
            return index + 1
    return len(data)


def _unzipped(content: bytes, *, partial: bool = False) -> bytes:
    """SVGZ unpacked, no further than `SIZE`; anything else as it is."""
    if content.startswith(_GZIP):
        inflater = zlib.decompressobj(wbits=31)
        try:
            # A peek stops short of the checksum at the end, which is for whoever reads it all.
            content = inflater.decompress(content[:-8] if partial else content, SIZE + 1)
        except zlib.error as error:
            raise _damaged("it does not unpack") from error
        if not partial and len(content) <= SIZE and not inflater.eof:
            raise _damaged("it is cut off before its end")
    if len(content) > SIZE and not partial:
        raise Malformed("svg.size", f"This SVG is larger than {SIZE // 2**20} MiB.")
    return content


def _decoded(content: bytes, *, partial: bool = False) -> tuple[str, str]:
    """The text and its encoding: UTF-8, or UTF-16 by its mark (XML 1.0, section 4.3.3)."""
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
    if content.startswith(b"\xef\xbb\xbf"):
        encoding = "utf-8-sig"
    try:
        source = content.decode(encoding, "ignore" if partial else "strict")
    except UnicodeDecodeError as error:
        raise Malformed("svg.encoding", "This SVG is not UTF-8 or UTF-16.") from error
    declared = _DECLARED.match(source)
    if declared and not partial and declared[1].lower() not in _ENCODINGS:
        raise Malformed(
            "svg.encoding", f"This SVG is written in {declared[1]}, not in UTF-8 or UTF-16."
        )
    return source, encoding


def _damaged(how: str) -> Malformed:
    return Malformed(
        "bake.damaged",
        f"This SVG is damaged: {how}. Download it again, or ask its holder for a fresh copy.",
    )

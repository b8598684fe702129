"""CVs, mails and saved pages made to cost, to hide, or to mislead."""

from __future__ import annotations

import base64
import io
import zipfile
from collections.abc import Iterator

from tests.gates.row import Row
from tests.made import cvs
from tests.made.cvs import Line
from tests.made.documents import archive

MIB = 2**20
_SENDER = "Mira Solano <mira.solano@portfolio.example>"
_XML = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'


def rows() -> dict[str, Row]:
    """Every row, by what is true of it."""
    return dict((*_documents(), *_mails(), *_pages()))


def _word(text: bytes, **more: bytes) -> bytes:
    return archive({"word/document.xml": text, **more})


def _deflated(name: str, content: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as written:
        written.writestr(name, content)
    return target.getvalue()


def _documents() -> Iterator[tuple[str, Row]]:
    size = Row(b"", "too_large", "docx.size")
    bomb = _deflated("word/document.xml", b" " * (200 * MIB))
    yield "a DOCX whose text is 200 MiB", Row(bomb, size.answer, size.reason)
    text = b" " * (9 * MIB)
    short = _deflated("word/document.xml", text)
    lied = short.replace(len(text).to_bytes(4, "little"), (1000).to_bytes(4, "little"))
    yield "a DOCX whose text is longer than it says", Row(lied, "malformed", "docx.damaged")
    laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<!DOCTYPE x [<!ENTITY a0 "ha">{laughs}]>{_XML}<w:t>&a9;</w:t></w:document>'.encode()
    yield "a DOCX with a billion laughs", Row(_word(bomb), "malformed", "docx.xml")
    outside = f'<!DOCTYPE x SYSTEM "file:///etc/hosts">{_XML}</w:document>'.encode()
    yield "a DOCX that names a file outside", Row(_word(outside), "malformed", "docx.xml")
    deep = f"{_XML}{'<w:x>' * 5000}{'</w:x>' * 5000}</w:document>".encode()
    yield "a DOCX of 5,000 elements in each other", Row(_word(deep), "malformed", "docx.depth")
    wide = f"{_XML}{'<w:p/>' * 300_000}</w:document>".encode()
    yield "a DOCX of 300,000 paragraphs", Row(_word(wide), size.answer, size.reason)
    many = archive({f"{n}.xml": b"" for n in range(2100)} | {"word/document.xml": b"<x/>"})
    yield "a DOCX of 2,101 parts", Row(many, size.answer, size.reason)
    cut = cvs.docx((Line("Mira Solano"), Line("A badge")))
    yield "a DOCX cut off", Row(cut[: len(cut) // 2], "malformed", "zip.damaged")


def _mails() -> Iterator[tuple[str, Row]]:
    head = f"From: {_SENDER}\nSubject: x\nMIME-Version: 1.0\n"
    nested = head
    for depth in range(60):
        kind = f'Content-Type: multipart/mixed; boundary="b{depth}"'
        nested += f"{kind}\n\n--b{depth}\n"
    yield "a mail of 60 parts in each other", Row(nested.encode(), "too_large", "eml.size")
    parts = "".join("--b\nContent-Type: text/plain\n\nx\n" for _ in range(500))
    several = f'{head}Content-Type: multipart/mixed; boundary="b"\n\n{parts}--b--\n'
    yield "a mail of 500 parts", Row(several.encode(), "too_large", "eml.size")
    odd = f"{head}Content-Type: text/plain; charset=klingon\n\nHello\n".encode()
    yield "a mail in letters that nobody knows", Row(odd, "not_a_badge")
    broken = b"From: <<<>>,,;;@@\nSubject: =?utf-8?b?!!!?=\nTo: \n\nHello\n"
    yield "a mail whose sender is nonsense", Row(broken, "not_a_badge")


def _pages() -> Iterator[tuple[str, Row]]:
    """More than is read as a document (40,000 tags), and little enough to be read as a page on a
    machine that has much else to do.
    """
    deep = b"<!doctype html><body>" + b"<div>" * 41_000 + b"hello"
    yield "a page of 41,000 elements in each other", Row(deep, "not_a_badge")
    svgs = b"<!doctype html><body>" + b"<svg openbadges>" * 41_000
    yield "a page of 41,000 pictures that never end", Row(svgs, "not_a_badge")
    data = base64.b64encode(b"\x89PNG\r\n\x1a\n" + bytes(100)).decode()
    images = f'<!doctype html><body>{f"""<img src="data:image/png;base64,{data}">""" * 3000}'
    yield "a page of 3,000 damaged pictures", Row(images.encode(), "not_a_badge")
    links = "".join(f'<a href="https://x.example/badges/{n}">b</a>' for n in range(21_000))
    many = f"<!doctype html><body><p>{links}".encode()
    yield "a page of 21,000 links", Row(many, "not_a_badge")
    fewer = many[: many.index(b"/badges/2100")]
    yield "a page of 2,100 links", Row(fewer, "unknown", "page_only/document")

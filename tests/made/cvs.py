"""A CV written down in each kind of file that people send: the same bytes each time."""

from __future__ import annotations

import base64
import zipfile
from collections.abc import Sequence
from email import policy
from email.message import EmailMessage
from html import escape

from msgspec import Struct

from tests.made.documents import archive, numbered, stream

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_HYPERLINK = f"{_R}/hyperlink"
_TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"


class Line(Struct, frozen=True):
    """One line or entry: its words, the address behind them, the picture or file beside them."""

    words: str
    address: str | None = None
    file: bytes | None = None


Lines = Sequence[Line]


def pdf(lines: Lines, *more: bytes, info: bytes = b"/Author (Somebody Elses Computer)") -> bytes:
    """Printed on one page, each address as a link over its line; files are attached. `info` is what
    it says of itself.
    """
    files = [line.file for line in lines if line.file is not None] + list(more)
    drawn, links = b"", []
    for index, line in enumerate(lines):
        y = 790 - 18 * index
        text = line.words.encode("cp1252").replace(b"(", b"\\(").replace(b")", b"\\)")
        drawn += b"BT /F1 11 Tf 72 %d Td (%s) Tj ET\n" % (y, text)
        if line.address is not None:
            target = line.address.encode()
            links.append(
                b"<< /Type /Annot /Subtype /Link /Rect [70 %d 540 %d] /Border [0 0 0] "
                b"/A << /S /URI /URI (%s) >> >>" % (y - 3, y + 11, target)
            )
    names = b" ".join(b"(%d) %d 0 R" % (n, 6 + 2 * n) for n in range(len(files)))
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /Names << /EmbeddedFiles << /Names [%s] >> >> >>" % names,
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R "
        b"/Resources << /Font << /F1 %s >> >> /Annots [%s] >>" % (font, b" ".join(links)),
        b"<< %s >>" % info,
        stream(drawn),
    ]
    for number, file in enumerate(files):
        name = b"<< /Type /Filespec /F (badge-%d) /EF << /F %d 0 R >> >>" % (number, 7 + 2 * number)
        objects += [name, stream(file)]
    return numbered(objects)


def docx(lines: Lines, *, table: bool = False, boxed: bool = False) -> bytes:
    """A word processor's document: the first line in its header, links in both of the ways in which
    they are written, pictures as they are.
    """
    related = [("header", f"{_R}/header", "header1.xml", False)]
    media, body = {}, ""
    for index, line in enumerate(lines[1:]):
        runs = _run(line.words)
        if line.address is not None and index % 2:
            runs = _field(line)
        elif line.address is not None:
            related.append((f"link{index}", _HYPERLINK, line.address, True))
            runs = f'<w:hyperlink r:id="link{index}">{runs}</w:hyperlink>'
        if line.file is not None:
            ending = "png" if line.file.startswith(b"\x89PNG") else "svg"
            media[f"word/media/image{index}.{ending}"] = line.file
            related.append((f"pic{index}", f"{_R}/image", f"media/image{index}.{ending}", False))
            runs += f'<w:r><w:drawing><a:blip r:embed="pic{index}"/></w:drawing></w:r>'
        paragraph = f"<w:p>{runs}</w:p>"
        body += f"<w:tr><w:tc>{paragraph}</w:tc></w:tr>" if table and index > 1 else paragraph
    body = body.replace("<w:tr>", "<w:tbl><w:tr>", 1) + ("</w:tbl>" if "<w:tr>" in body else "")
    if boxed:
        body = f"<w:p><w:r><w:pict><w:txbxContent>{body}</w:txbxContent></w:pict></w:r></w:p>"
    relations = "".join(
        f'<Relationship Id="{key}" Type="{kind}" Target="{escape(target)}"'
        f"{' TargetMode=' + chr(34) + 'External' + chr(34) if out else ''}/>"
        for key, kind, target, out in related
    )
    return archive(
        {
            "[Content_Types].xml": b"<Types/>",
            "docProps/core.xml": b"<core><creator>Somebody Else</creator></core>",
            "word/document.xml": _part("document", f"<w:body>{body}</w:body>"),
            "word/header1.xml": _part("hdr", f"<w:p>{_run(lines[0].words)}</w:p>"),
            "word/_rels/document.xml.rels": f"<Relationships>{relations}</Relationships>".encode(),
            **media,
        }
    )


def _part(name: str, inner: str) -> bytes:
    return f'<w:{name} xmlns:w="{_W}" xmlns:a="{_A}" xmlns:r="{_R}">{inner}</w:{name}>'.encode()


def _run(words: str) -> str:
    return f"<w:r><w:t>{escape(words)}</w:t></w:r>"


def _field(line: Line) -> str:
    """A link as a field code, which older documents have."""
    code = f" HYPERLINK &quot;{escape(line.address or '')}&quot; "
    marks = [f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in _MARKS]
    return (
        f"{marks[0]}<w:r><w:instrText>{code}</w:instrText></w:r>"
        f"{marks[1]}{_run(line.words)}{marks[2]}"
    )


_MARKS = ("begin", "separate", "end")


def odt(lines: Lines) -> bytes:
    """The same as an OpenDocument text."""
    inner, pictures = "", {}
    for index, line in enumerate(lines):
        words = escape(line.words)
        if line.address is not None:
            words = f'<t:a x:href="{escape(line.address)}">{words}</t:a>'
        if line.file is not None:
            pictures[f"Pictures/{index}.png"] = line.file
            words += f'<d:image x:href="Pictures/{index}.png"/>'
        inner += f"<t:p>{words}</t:p>"
    names = f'xmlns:t="{_TEXT}" xmlns:x="http://www.w3.org/1999/xlink" xmlns:d="urn:draw"'
    return archive(
        {
            "mimetype": b"application/vnd.oasis.opendocument.text",
            "content.xml": f"<doc {names}>{inner}</doc>".encode(),
            "META-INF/manifest.xml": b"<manifest/>",
            **pictures,
        }
    )


def html(lines: Lines) -> bytes:
    """The same as a web page with its pictures in it."""
    head, *rest = lines
    items = "".join(f"<li>{_html(line)}</li>\n" for line in rest)
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        f"<title>CV</title></head>\n<body><h1>{escape(head.words)}</h1>\n<ul>\n{items}</ul>\n"
        "</body></html>\n"
    ).encode()


def _html(line: Line) -> str:
    words = escape(line.words)
    if line.address is not None:
        words = f'<a href="{escape(line.address)}">{words}</a>'
    if line.file is not None:
        kind = "image/png" if line.file.startswith(b"\x89PNG") else "image/svg+xml"
        data = base64.b64encode(line.file).decode()
        words += f' <img alt="" src="data:{kind};base64,{data}">'
    return words


def eml(
    lines: Lines,
    *attached: bytes,
    sender: str,
    quoted: Lines = (),
    subject: str = "My application",
) -> bytes:
    """A mail with the same in both of its bodies; files of lines are shown within, and `quoted` is
    what somebody wrote before.
    """
    message = EmailMessage(policy=policy.SMTP)
    message["From"] = sender
    message["To"] = "hiring@company.example"
    message["Subject"] = subject
    message["Date"] = "Fri, 02 Jan 2026 09:00:00 +0000"
    message["Message-ID"] = "<1@portfolio.example>"
    words = "\n".join(f"{line.words} {line.address or ''}".strip() for line in lines)
    message.set_content(words, cte="quoted-printable")
    before = f'<div class="gmail_quote">{"".join(map(_mailed, quoted))}</div>' if quoted else ""
    body = "".join(_mailed(line, number) for number, line in enumerate(lines))
    message.add_alternative(f"<html><body>{body}{before}</body></html>", "html", cte="base64")
    page = message.get_payload()[-1]  # type: ignore[index]
    for number, line in enumerate(lines):
        if line.file is not None:
            page.add_related(line.file, "image", "png", cid=f"<picture{number}@here>")  # type: ignore[union-attr]
    for content in attached:
        message.add_attachment(content, "application", "octet-stream", filename="file")
    for number, part in enumerate(part for part in message.walk() if part.is_multipart()):
        part.set_boundary(f"----=_part_{number}")
    return message.as_bytes()


def _mailed(line: Line, number: int = 0) -> str:
    words = escape(line.words)
    if line.address is not None:
        words = f'<a href="{escape(line.address)}">{words}</a>'
    shown = f'<img src="cid:picture{number}@here">' if line.file is not None else ""
    return f"<p>{words}{shown}</p>"


def bomb(size: int) -> bytes:
    """A word processor's document whose text unpacks to `size` bytes."""
    from io import BytesIO

    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as written:
        written.writestr("word/document.xml", b" " * size)
    return target.getvalue()

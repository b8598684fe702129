"""Lists as spreadsheets write them: a line a person, with any sign between the columns and in any
of the encodings in use.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from verifier.addresses import is_address
from verifier.containers import text
from verifier.errors import Malformed
from verifier.papers.sheet import addresses_in
from wallet_server.sweeping import formulas
from wallet_server.sweeping.columns import MAIL, Mapped, has_names, kinds_of, told
from wallet_server.sweeping.listed import ROWS, Asked, Listed, Row

#: Bytes of one list, its columns, letters of one cell, addresses in one row.
LIMIT, COLUMNS, CELL, LINKS = 16 * 2**20, 200, 40_000, 50
#: In the order in which they are believed where two fit alike.
DELIMITERS = "\t;,|"
#: What our own table adds to a list's columns, which is no column of anybody's list.
OURS = "Touchstone: "
_SUFFIXES = (".csv", ".tsv", ".tab", ".psv")
_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}
_SEPARATOR = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
_LOOKED_AT, _HEAD = 20, 16_384
_BETWEEN = re.compile(r"[\s|]+|[;,](?=\s*(?:https?://|www\.))")
_DIGITS = re.compile(r"(?:\d\D*){7}")
_NO_LINK = (
    "This row names no badge: there is no link in it. Ask its holder for the badge's address."
)
_NO_ADDRESS = "“{said}” is no address of a badge. Ask its holder for the badge's own address."


class Table(Struct, frozen=True):
    """The lines of a list: its columns' names, each once, and the rows, each as long as they are,
    with their `numbers` as a spreadsheet counts.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...]
    is_named: bool
    delimiter: str


def recognises(content: bytes, name: str) -> bool:
    """Whether a file called `name` is a list: by its name, or as text with a link in every line."""
    if b"\0" in content[:2048] and content[:2] not in _MARKS:
        return False
    if text.form(content) is not None and content.lstrip()[:4].lower() != b"http":
        return False
    if name.lower().endswith(_SUFFIXES):
        return True
    lines = [line for line in content[:_HEAD].splitlines()[:-1] or [content] if line.strip()]
    return name.lower().endswith(".txt") and all(b"://" in line for line in lines)


def read(content: bytes, name: str, named: Mapped, person: Asked | None = None) -> Listed:
    """A row for every link in every line. `person` is whom all of it is about, if that is known.

    Raises `Malformed`: `list.size`, `list.damaged`, `list.empty`, and as `kinds_of` does.
    """
    table = split(content)
    kinds = kinds_of(table.columns, table.rows, named, has_names=table.is_named)
    is_sure = table.is_named or bool(named)
    where = "" if name == "" else f"{name}, "
    rows: list[Row] = []
    for number, cells in zip(table.numbers, table.rows, strict=True):
        own = dict(zip(table.columns, cells, strict=True))
        rows += _rows(f"{where}row {number}", own, cells, kinds, person, is_sure=is_sure)
        if len(rows) > ROWS:
            raise _too_large(f"more than {ROWS} links")
    return Listed(table.columns, tuple(rows), (told(table.columns, kinds),), table.delimiter)


def split(content: bytes) -> Table:
    """The cells of a list. Raises `Malformed`."""
    if len(content) > LIMIT:
        raise _too_large(f"more than {LIMIT // 2**20} MiB")
    written = _decoded(content)
    separator = _SEPARATOR.match(written)
    if separator is not None:
        written = written[separator.end() :]
    delimiter = separator[1] if separator else _delimiter(written)
    lines = list(_lines(written, delimiter))
    if not lines:
        raise Malformed("list.empty", "This list is empty. Save it again, and look into it first.")
    width = max(len(cells) for _, cells in lines)
    if width > COLUMNS:
        raise _too_large(f"more than {COLUMNS} columns")
    is_named = has_names(lines[0][1]) and len(lines) > 1
    columns = _unique(lines[0][1] if is_named else [], width)
    rows = [(number, [*cells, *[""] * (width - len(cells))]) for number, cells in lines[is_named:]]
    numbers = tuple(number for number, _ in rows)
    cells = tuple(tuple(row) for _, row in rows)
    return _without_ours(Table(columns, cells, numbers, is_named, delimiter))


def _lines(written: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Every line with something in it, and its number as a spreadsheet counts."""
    reader = csv.reader(io.StringIO(written, newline=""), delimiter=delimiter, strict=True)
    csv.field_size_limit(CELL)
    try:
        for number, cells in enumerate(reader, 1):
            if any(cell.strip() for cell in cells):
                yield number, cells
            if number > 2 * ROWS:
                raise _too_large(f"more than {2 * ROWS} lines")
    except csv.Error as error:
        says = (
            "This list is damaged: a quotation in it never ends, or a cell is longer than any. "
            "Save it again as CSV."
        )
        raise Malformed("list.damaged", says) from error


def _rows(
    label: str,
    own: Mapping[str, str],
    cells: Sequence[str],
    kinds: Mapping[int, str],
    person: Asked | None,
    *,
    is_sure: bool,
) -> Iterator[Row]:
    """A row for each link, or one that says why there is none."""
    said: dict[str, list[str]] = {}
    for place, kind in kinds.items():
        said.setdefault(kind, []).append(cells[place].strip())
    pieces = [piece for cell in said.get("link", ()) for piece in _pieces(cell)]
    links = list(dict.fromkeys(at for piece in pieces for at in _addresses(piece)))[:LINKS]
    held = [cell.encode() for cell in said.get("link", ()) if _is_credential(cell)]
    claim = _claim(said) if len(links) + len(held) == 1 else {}
    asked = _asked(said, claim, person, is_sure=is_sure)
    for at in links:
        yield Row(label, at, asked, cells=own)
    for number, content in enumerate(held, 1):
        yield Row(label, f"{label}, badge {number}", asked, content, own)
    if not links and not held:
        junk = next((cell for cell in said.get("link", ()) if cell), "")
        why = _NO_ADDRESS.format(said=junk[:80]) if junk else _NO_LINK
        yield Row(label, "", asked, cells=own, why=why)


def _asked(
    said: Mapping[str, list[str]], claim: Mapping[str, str], person: Asked | None, *, is_sure: bool
) -> Asked:
    """Whom a line names. What is in a column that was only guessed at is none of its word."""
    if person is not None:
        return replace(person, claim=claim)
    halves = [*said.get("given", ()), *said.get("family", ())]
    names = [*said.get("name", ()), *([" ".join(filter(None, halves))] if any(halves) else [])]
    called = _several(names[:1])
    return Asked(
        names=called if is_sure else (),
        emails=_several(one for cell in said.get("email", ()) for one in MAIL.findall(cell)),
        telephones=_several(one for one in said.get("telephone", ()) if _DIGITS.search(one)),
        pages=_several(at for cell in said.get("page", ()) for at in addresses_in(cell)),
        guesses=() if is_sure else called,
        claim=claim,
        exact=is_sure,
    )


def _several(values: Sequence[str] | Iterator[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value[:300] for value in values if value.strip()))[:5]


def _claim(said: Mapping[str, list[str]]) -> dict[str, str]:
    """What the list says of the one badge in a row."""
    members = ("title", "issuer", "issued", "expires")
    told = {name: said[name][0][:1000] for name in members if said.get(name) and said[name][0]}
    return told if "title" in told or "issuer" in told else {}


def _is_credential(cell: str) -> bool:
    return text.form(cell.encode("utf-8", "replace")) in ("json", "jwt")


def _pieces(cell: str) -> list[str]:
    return [] if _is_credential(cell) else [piece for piece in _BETWEEN.split(cell) if piece]


def _addresses(piece: str) -> Iterator[str]:
    """An address as it stands there; one in the middle of words is trimmed of their signs."""
    if is_address(piece):
        yield piece
    else:
        yield from addresses_in(piece)


def _decoded(content: bytes) -> str:
    """UTF-8 or UTF-16, else what spreadsheets of the West write where nobody asks them."""
    encoding = next((name for mark, name in _MARKS.items() if content.startswith(mark)), None)
    if encoding is None and content[1:2] == b"\0":
        encoding = "utf-16-le"
    for one in (encoding or "utf-8", "cp1252"):
        try:
            return content.decode(one)
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1")


def _delimiter(written: str) -> str:
    """The sign that divides the first lines most alike."""
    head = "\n".join(written.splitlines()[: _LOOKED_AT * 2])

    def fit(sign: str) -> tuple[int, int]:
        try:
            lines = list(csv.reader(io.StringIO(head, newline=""), delimiter=sign))[:_LOOKED_AT]
        except csv.Error:
            return 0, 0
        widths = [len(cells) for cells in lines if any(cells)]
        usual = max(set(widths), key=widths.count, default=1)
        return (widths.count(usual), usual) if usual > 1 else (0, 0)

    return max(DELIMITERS, key=fit)


def _unique(names: Sequence[str], width: int) -> tuple[str, ...]:
    """A name for every column, and none twice."""
    found: list[str] = []
    for place in range(width):
        given = names[place].strip() if place < len(names) else ""
        name = base = given[:200] or f"Column {place + 1}"
        again = 2
        while name in found:
            name, again = f"{base} ({again})", again + 1
        found.append(name)
    return tuple(found)


def _without_ours(table: Table) -> Table:
    """A table that we gave out, as it was before: its cells as they stood, without our columns."""
    kept = [place for place, name in enumerate(table.columns) if not name.startswith(OURS)]
    if len(kept) == len(table.columns):
        return table
    rows = [tuple(formulas.as_it_was(cells[place]) for place in kept) for cells in table.rows]
    columns = tuple(formulas.as_it_was(table.columns[place]) for place in kept)
    return replace(table, columns=columns, rows=tuple(rows))


def _too_large(what: str) -> Malformed:
    return Malformed("list.size", f"This list has {what}. Cut it into shorter ones.")

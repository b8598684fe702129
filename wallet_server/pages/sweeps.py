"""Looking through a list of people and badges: the list is handed in, how far it is, and one table
of what was found, sorted and filtered by links. Whole without scripts.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

import anyio
from msgspec import Struct
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from verifier.errors import Malformed
from verifier.report import Verdict
from wallet_server.looks import ERRORS, NOT_REACHED
from wallet_server.pages.drawing import draw
from wallet_server.pages.ids import PLACE
from wallet_server.pages.session import form_key, may_read, read_form, with_forms
from wallet_server.refusals import Refusal
from wallet_server.services import services
from wallet_server.store import sweep_lines, sweeps
from wallet_server.store.database import Database
from wallet_server.store.sweeps import Sweep
from wallet_server.sweeping.bringing import bring
from wallet_server.sweeping.columns import KINDS
from wallet_server.sweeping.lines import FAULT
from wallet_server.sweeping.progress import in_words, seconds_left
from wallet_server.sweeping.web import FILES, SECONDS, changed, table
from wallet_server.verification import now

#: Letters of a column's name.
COLUMN = 200
#: Columns that a reader may point out on the form.
ASKED = ("link", "name", "email", "title")
#: Seconds after which a page without scripts looks again.
AGAIN = 5
TITLES = {**ERRORS, FAULT: "Failed here"}
_WORDS = frozenset((*(verdict.value for verdict in Verdict), *TITLES))
_SCRIPTS = "; script-src 'self'; connect-src 'self'"
_NOTHING = "Choose a file: a list of people and links, files with badges, or CVs."
_GONE = Refusal(404, "not_found", "There is no such sweep. It may have been forgotten.")


class View(Struct, frozen=True):
    """How the table is looked at: sorted by what, in which order, one verdict alone, which page."""

    sort: str = "row"
    down: bool = False
    only: str = ""
    number: int = 0

    @classmethod
    def read(cls, query: Mapping[str, str]) -> View:
        """As an address says; what it does not say rightly is as usual."""
        number = query.get("page", "1")
        return cls(
            query.get("sort", "row") if query.get("sort") in sweep_lines.SORTS else "row",
            query.get("down") == "1",
            query.get("only", "") if query.get("only") in _WORDS else "",
            max(0, int(number[:6]) - 1) if number.isascii() and number.isdigit() else 0,
        )

    def link(self, **changes: object) -> str:
        """The address of the same table looked at otherwise."""
        values = {"sort": self.sort, "down": self.down, "only": self.only, "page": 1, **changes}
        said = {
            "sort": values["sort"],
            "down": "1" if values["down"] else "",
            "only": values["only"],
        }
        said["page"] = "" if values["page"] == 1 else values["page"]
        return "?" + urlencode({name: value for name, value in said.items() if value})

    def by(self, sort: str) -> str:
        """What a column's head leads to: sorted by it, or the other way round."""
        return self.link(sort=sort, down=self.sort == sort and not self.down)


async def show_all(request: Request) -> Response:
    """`GET /sweeps`: the form, and the sweeps that are kept."""
    if not await may_read(request):
        return draw("locked.html", 403, tried=False)
    return await _form(request)


async def begin(request: Request) -> Response:
    """`POST /sweeps`: begin with what was handed in; what is wrong with it stands on the form."""
    form = await read_form(request, files=FILES, seconds=SECONDS)
    try:
        files = [
            (_name(value.filename), await value.read())
            for value in form.getlist("files")
            if isinstance(value, UploadFile) and value.size
        ]
    finally:
        await form.close()
    named = {_text(form, kind): kind for kind in ASKED if _text(form, kind)}
    if not files:
        return await _form(request, _NOTHING, named)
    more = f" and {len(files) - 1} more" if len(files) > 1 else ""
    read = [(name, lambda content=content: content) for name, content in files]
    try:
        identifier = await bring(services(request), f"{files[0][0]}{more}", read, named)
    except Malformed as error:
        return await _form(request, error.says, named)
    return RedirectResponse(f"/sweeps/{identifier}", 303)


async def show(request: Request) -> Response:
    """`GET /sweeps/{id}`: how far it is, and the table as the address says."""
    if not await may_read(request):
        return draw("locked.html", 403, tried=False)
    one, database = await _one(request), services(request).database
    view = View.read(request.query_params)
    values = await anyio.to_thread.run_sync(_found, database, one, view)
    values |= {"one": one, "view": view, "again": AGAIN, "key": form_key(request)}
    return _scripted(draw("sweep.html", 200, **values))


async def show_row(request: Request) -> Response:
    """`GET /sweeps/{id}/rows/{place}`: one row, and the five answers of each badge in it."""
    if not await may_read(request):
        return draw("locked.html", 403, tried=False)
    one, place = await _one(request), request.path_params["place"]
    find, database = sweep_lines.one, services(request).database
    row = await anyio.to_thread.run_sync(find, database, one.id, place - 1)
    if row is None:
        raise _GONE
    return draw("sweep_row.html", one=one, row=row, errors=TITLES)


async def download(request: Request) -> Response:
    """`GET /sweeps/{id}/table.csv` and `.json`: everything, in the list's own order."""
    if not await may_read(request):
        raise Refusal(403, "locked", "Open the wallet first.")
    return table(services(request).database, await _one(request), request.path_params["form"])


async def change(request: Request) -> Response:
    """`POST /sweeps/{id}/{does}`: stop it, go on, ask again what was not reached, or forget it."""
    await (await read_form(request, files=0)).close()
    parts, identifier = services(request), request.path_params["id"]
    if not await anyio.to_thread.run_sync(
        changed, parts.database, identifier, request.path_params["does"]
    ):
        raise _GONE
    parts.swept.ring()
    gone = request.path_params["does"] == "forget"
    if gone:
        parts.forget()
    return RedirectResponse("/sweeps" if gone else f"/sweeps/{identifier}", 303)


ROUTES = (
    Route("/sweeps", show_all, methods=["GET"]),
    Route("/sweeps", begin, methods=["POST"]),
    Route("/sweeps/{id}", show, methods=["GET"]),
    Route(f"/sweeps/{{id}}/rows/{PLACE}", show_row, methods=["GET"]),
    Route("/sweeps/{id}/table.{form}", download, methods=["GET"]),
    Route("/sweeps/{id}/{does}", change, methods=["POST"]),
)


def _found(database: Database, one: Sweep, view: View) -> dict[str, object]:
    counts = sweep_lines.counts(database, one.id)
    lines, count = sweep_lines.page(
        database, one.id, sort=view.sort, down=view.down, only=view.only, number=view.number
    )
    return {
        "lines": lines,
        "count": count,
        "pages": max(1, -(-count // sweep_lines.PAGE)),
        "counts": counts,
        "errors": TITLES,
        "can_ask_again": any(counts.get(code) for code in ("unknown", FAULT, *NOT_REACHED)),
        "left": in_words(seconds_left(database, one, now())),
    }


async def _one(request: Request) -> Sweep:
    find, database = sweeps.find, services(request).database
    one = await anyio.to_thread.run_sync(find, database, request.path_params["id"])
    if one is None:
        raise _GONE
    return one


async def _form(
    request: Request, wrong: str = "", named: Mapping[str, str] | None = None
) -> Response:
    every = await anyio.to_thread.run_sync(sweeps.every, services(request).database)
    given = {kind: column for column, kind in (named or {}).items()}
    values = {"wrong": wrong, "given": given, "asked": [(one, KINDS[one]) for one in ASKED]}
    page = draw(
        "sweeps.html",
        400 if wrong else 200,
        every=every,
        key=form_key(request),
        most=FILES,
        **values,
    )
    return with_forms(page)


def _scripted(page: Response) -> Response:
    with_forms(page)
    page.headers["Content-Security-Policy"] += _SCRIPTS
    return page


def _name(name: str | None) -> str:
    return (name or "A file").encode("utf-8", "replace").decode("utf-8")[:200]


def _text(form: FormData, name: str) -> str:
    value = form.get(name)
    return value.strip()[:COLUMN] if isinstance(value, str) else ""

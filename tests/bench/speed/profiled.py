"""Where the time goes of what misses its goal, in words for the page."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path

from tests.bench.speed import processes, sampled, served, started
from tests.bench.speed.contestants import CONTESTANTS, REPOSITORY, Contestant, Places, environment
from tests.bench.speed.table import Row

#: How long is looked, after how long, and how many parts and functions are told.
_SECONDS, _WARM_UP, _SHOWN = 4.0, 1.0, 15
_PATIENCE = 30.0
#: How often a start is looked at.
_STARTS = 5
#: Packages whose parts are told one by one, and where all packages lie.
_OURS = ("verifier", "wallet_server", "tests")
_HOMES = (*(Path(sysconfig.get_path(name)) for name in ("purelib", "stdlib")), REPOSITORY)
_IMPORTED = re.compile(r"^import time: +(\d+) \| +\d+ \| *(\S+)$", re.M)
_THOUSAND = 1000


def told(missed: Iterable[Row], places: Places) -> Iterator[str]:
    """A profile of each of ours that misses, in lines of Markdown."""
    for name, figure in dict.fromkeys((row.ours, row.figure) for row in missed):
        is_memory = figure == "memory_mb"
        profile = _of_memory if is_memory else _PROFILES.get(name, _of_contestant)
        found = list(profile(name, places))
        what = "memory" if is_memory else "time"
        yield from ("", f"Where the {what} of “{name}” goes:", "", "```", *found, "```")


def _of_memory(name: str, places: Places) -> Iterator[str]:
    """Of a server that was loaded, by process."""
    with (
        served.touchstone() as server,
        served.turning(name, server, places.peers, str(places.made)) as turn,
    ):
        turn(_SECONDS)
        for what, size in processes.memory_by(server.pid):
            yield f"{size:6.1f} MB  {what}"


def _of_contestant(name: str, places: Places) -> Iterator[str]:
    """Of one that is a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "found.json"
        python, _, module, *arguments = CONTESTANTS[name](places)
        command = [python, "-m", sampled.__name__, str(file), module, *arguments]
        with closing(Contestant(command, {places.core})) as contestant:
            contestant.turn(_WARM_UP)
            contestant.send_signal(sampled.BEGIN)
            contestant.turn(_SECONDS)
            contestant.send_signal(sampled.END)
            yield from _looked_up(file)


def _of_server(name: str, places: Places) -> Iterator[str]:
    """Of the server that one loads, not of who asks it."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "found.json"
        with (
            served.touchstone("-m", sampled.__name__, str(file), "wallet_server") as server,
            served.turning(name, server, places.peers, str(places.made)) as turn,
        ):
            turn(_WARM_UP)
            server.send_signal(sampled.BEGIN)
            turn(_SECONDS)
            server.send_signal(sampled.END)
            yield from _looked_up(file)


def _looked_up(file: Path) -> Iterator[str]:
    """By part and by function, most first."""
    until = time.monotonic() + _PATIENCE
    while not file.is_file() and time.monotonic() < until:
        time.sleep(0.02)
    found = [
        (Path(where), function, times) for where, function, times in json.loads(file.read_text())
    ]
    parts: Counter[str] = Counter()
    functions: Counter[str] = Counter()
    for where, function, times in found:
        place = _place(where)
        parts[_part(place)] += times
        functions[f"{place} {function}"] += times
    whole = parts.total()
    yield from _shares(parts, whole)
    yield ""
    yield from _shares(functions, whole)


def _shares(found: Counter[str], whole: int) -> Iterator[str]:
    for what, times in found.most_common(_SHOWN):
        yield f"{times / whole:6.1%}  {what}"


def _place(where: Path) -> str:
    """A file as one looks it up, without where the machine keeps it."""
    for home in _HOMES:
        if where.is_relative_to(home):
            return str(where.relative_to(home))
    return str(where)


def _part(place: str) -> str:
    """The package a file is in; of ours the folder in it, or the file."""
    parts = place.split("/")
    return "/".join(parts[: 2 if parts[0] in _OURS else 1])


def _of_start(_name: str, places: Places) -> Iterator[str]:
    """What it imports, and how long each package takes to be imported."""
    with tempfile.TemporaryDirectory() as folder:
        command = started.commands_of("touchstone", places.made, Path(folder))["good"]
        runs = [_imports(command, folder) for _ in range(_STARTS)]
    packages: Counter[str] = Counter()
    for module in runs[0]:
        least = min(run.get(module, 0) for run in runs)
        packages[_part(module.replace(".", "/"))] += least
    yield f"{packages.total() / _THOUSAND:6.1f} ms  all imports; measuring them slows them down"
    for package, microseconds in packages.most_common(_SHOWN):
        yield f"{microseconds / _THOUSAND:6.1f} ms  {package.replace('/', '.')}"


def _imports(command: Sequence[str], folder: str) -> Mapping[str, int]:
    """The microseconds that each module took to be imported, without what it imported itself."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", *command],
        env=environment() | {"TOUCHSTONE_DATA": f"{folder}/data"},
        capture_output=True,
        text=True,
        check=False,  # nobody vouches for this one
    )
    return {module: int(spent) for spent, module in _IMPORTED.findall(done.stderr)}


_PROFILES: Mapping[str, Callable[[str, Places], Iterator[str]]] = {
    "served": _of_server,
    "page": _of_server,
    "start": _of_start,
}

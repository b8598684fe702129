"""Libraries without what they import at once and use for little, such as a command's help."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from importlib import import_module
from types import ModuleType


class _Later(ModuleType):
    """Stands in for a module until it is asked for anything."""

    def __getattr__(self, name: str) -> object:
        if sys.modules.get(self.__name__) is self:  # asked already while it stands in
            del sys.modules[self.__name__]
        return getattr(import_module(self.__name__), name)


class _Inspect(_Later):
    """Stands in for `inspect` until more is asked of it than to clean a line of help."""

    def cleandoc(self, text: str) -> str:
        """As there: of one line, nothing is taken but blanks before it."""
        if text.isprintable():
            return text.lstrip()
        return str(import_module("inspect").cleandoc(text))


class _Platform(_Later):
    """Stands in for `platform` until more is asked of it than what the system is called."""

    def system(self) -> str:
        """As there."""
        if hasattr(os, "uname"):
            return os.uname().sysname
        return str(import_module("platform").system())


_LIGHTER = {"inspect": _Inspect, "platform": _Platform}


def put_off(*names: str) -> AbstractContextManager[None]:
    """Who imports one of these modules meanwhile is given it when they use it."""
    return _stood_in({name: _LIGHTER.get(name, _Later)(name) for name in names})


def without(name: str) -> AbstractContextManager[None]:
    """Who imports the module `name` meanwhile is told that it is not there (`ImportError`)."""
    return _stood_in({name: None})


@contextmanager
def _stood_in(those: Mapping[str, ModuleType | None]) -> Iterator[None]:
    missing = {name: by for name, by in those.items() if name not in sys.modules}
    # `None` is how Python is told that a module is not there.
    sys.modules.update(missing)  # type: ignore[arg-type]
    try:
        yield
    finally:
        for name, by in missing.items():
            if sys.modules.get(name) is by:
                del sys.modules[name]

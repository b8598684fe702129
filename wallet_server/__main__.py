"""The command `touchstone` as a process; `python -m wallet_server` is the same."""

import gc

from wallet_server.loading import without, without_inspect


def main() -> None:
    """Run the command. What is loaded stays until the process ends, so that nobody has to look
    through it for what may be thrown away: neither while it loads, nor at the end.
    """
    gc.disable()
    with without("typing_extensions"):  # it takes as long as all the rest of it
        import msgspec  # noqa: F401
    with without_inspect():  # of which it takes next to nothing
        import click  # noqa: F401
    from wallet_server.cli import main as command

    gc.freeze()
    gc.enable()
    try:
        command()
    finally:
        gc.freeze()


if __name__ == "__main__":
    main()

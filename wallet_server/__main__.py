"""`python -m wallet_server` is the command `touchstone`."""

from wallet_server.cli import main

if __name__ == "__main__":
    main()

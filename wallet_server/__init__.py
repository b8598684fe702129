"""Everything with a side effect: the command, the server, the door to the web, the wallet."""

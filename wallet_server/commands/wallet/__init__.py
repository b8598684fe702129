"""What `touchstone wallet` does, one file a subcommand."""

"""What each subcommand of `touchstone` does: `run` takes its options and gives the exit status."""

"""What is handed on as a file: badges with the answers that were found, and what those rest on."""

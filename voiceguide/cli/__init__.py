"""The command line: click commands, one a file, and nothing else in the package prints."""

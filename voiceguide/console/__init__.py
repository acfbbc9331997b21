"""The terminal: keys that ask, a screen and lines that tell."""

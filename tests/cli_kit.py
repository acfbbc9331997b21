"""A routine of three quarters of a minute, for the tests of the command line."""

SMALL = """---
title: Small & kind
for: self
soundscape: rain
---

# Arrive

Sit down. [pause 2s] Nothing to do yet.

[breathe 3-0-3-0 x1]

# Shoulders

Squeeze the ridge, then let go.

[hold 3s-30s]

# Finish

[bell chime]
Rest your hands.
"""
LENGTH = 50
TONE = ("--voice", "tone", "--for", f"{LENGTH}s")

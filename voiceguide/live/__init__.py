"""Hearing a session: sinks that are sound devices."""

"""Programs of other people that some tests listen with. Where one is missing the test is skipped; in CI that is a failure."""

import shutil

import pytest


def program(name: str) -> str:
    """The path of a program that pip does not bring."""
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"needs {name}; see CONTRIBUTING.md")
    return found

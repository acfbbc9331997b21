"""A package can be kept out of what another imports, and nothing of that stays."""

import subprocess
import sys
from threading import Event, Thread
from types import ModuleType

import numpy as np
import pytest

from voiceguide.absent import absent


def test_what_is_absent_cannot_be_imported_and_is_the_same_again_afterwards() -> None:
    before = {name for name in sys.modules if name.split(".")[0] == "numpy"}
    with absent("numpy"), pytest.raises(ImportError):
        import numpy  # noqa: F401
    assert sys.modules["numpy"] is np
    assert {name for name in sys.modules if name.split(".")[0] == "numpy"} == before


def test_a_package_that_was_not_there_yet_can_be_imported_afterwards() -> None:
    code = "from voiceguide.absent import absent\nwith absent('decimal'): pass\nimport decimal; print(decimal.Decimal(1))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "1\n"


def test_others_may_import_meanwhile() -> None:
    enough = Event()

    def import_on() -> None:
        while not enough.is_set():
            for number in range(50):
                sys.modules[f"imported{number}"] = ModuleType("imported")
            for number in range(50):
                del sys.modules[f"imported{number}"]

    importing = Thread(target=import_on)
    importing.start()
    try:
        for _ in range(1000):
            with absent("numpy"):
                pass
    finally:
        enough.set()
        importing.join()
    assert sys.modules["numpy"] is np

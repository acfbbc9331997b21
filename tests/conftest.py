"""What every test may rely on: a home, a sound server and a bus of its own, and programs that some tests need.

`@pytest.mark.needs("piper")` names a Python package that the test extra does not bring, `programs.program` a program. Where one
is missing on a person's machine the test is skipped with the reason; where CI is set, any skip is a failure.
"""

import gc
import os
import signal
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from tempfile import mkdtemp

import pytest
from desktop_bus import Bus
from hypothesis import settings
from sound_server import SoundServer

CI = bool(os.environ.get("CI"))

LONGEST = (
    "test_whole_played",
    "test_ambience_scene",
    "test_whole_faults",
    "test_whole_workers",
    "test_whole_",
    "test_cli_play",
)

for number in (signal.SIGHUP, signal.SIGQUIT, signal.SIGTSTP, signal.SIGTTIN, signal.SIGTTOU):
    signal.signal(number, signal.SIG_DFL)  # a suite started with nohup or in the background would hand on that they are ignored
if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

gc.disable()  # until everything is collected: nothing of it is garbage
settings.register_profile("unhurried", deadline=None, derandomize=CI)
settings.register_profile("quick", settings.get_profile("unhurried"), max_examples=30)


@pytest.fixture(scope="session")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("homes")


@pytest.fixture(autouse=True)
def own_home(homes: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home, so that no person's settings, routines or files are read or touched."""
    home = Path(mkdtemp(dir=homes))
    monkeypatch.setenv("HOME", str(home))
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
        monkeypatch.delenv(name, raising=False)
    return home


@pytest.fixture
def sound_server(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SoundServer]:
    """A sound server of the test's own, for the test itself and for every program it starts."""
    with SoundServer() as server:
        monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
        for name, value in server.address.items():
            monkeypatch.setenv(name, value)
        yield server


@pytest.fixture
def desktop_bus(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bus]:
    """A desktop's bus of the test's own, for the test itself and for every program it starts."""
    bus = Bus()
    try:
        bus.start()
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", bus.address)
        monkeypatch.delenv("XDG_SESSION_DESKTOP", raising=False)
        yield bus
    finally:
        bus.close()


def pytest_configure(config: pytest.Config) -> None:
    settings.load_profile("quick" if quick(config) else "unhurried")


def quick(config: pytest.Config) -> bool:
    """Whether the slow tests are left out."""
    return bool(config.option.markexpr == "not slow")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """One for each core; one more with the slow tests, which wait for much: sound that is played, programs that are killed."""
    return len(os.sched_getaffinity(0)) + (not quick(config))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest begins first, so that no core is idle at the end."""
    items.sort(key=lambda item: next((at for at, name in enumerate(LONGEST) if item.path.name.startswith(name)), len(LONGEST)))
    for item in items:
        needed = [name for mark in item.iter_markers("needs") for name in mark.args]
        missing = [name for name in needed if find_spec(name) is None]
        if missing:
            item.add_marker(pytest.mark.skip(reason=f"needs {', '.join(missing)}; see CONTRIBUTING.md"))


def pytest_collection_finish() -> None:
    """Ten thousand tests and their modules are here to stay, and are looked through for garbage no more."""
    gc.freeze()
    gc.enable()


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    outcome = yield
    report = outcome.get_result()  # type: ignore[attr-defined]
    if CI and report.skipped:
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped, and in CI nothing is: {report.longrepr}"

"""Asked of a desktop that is made for the test, and of none."""

import sys
import threading
import time

import pytest
from desktop_bus import Bus
from waiting import until

from voiceguide.desktop.awake import awake

HANGING = 10.0
"""Seconds: a desktop that is asked directly is waited for more than twice as long."""

POWER = """
import asyncio
from dbus_fast.aio import MessageBus
from dbus_fast.annotations import DBusStr, DBusUInt32
from dbus_fast.service import ServiceInterface, dbus_method

class Power(ServiceInterface):
    @dbus_method("Inhibit")
    def inhibit(self, who: DBusStr, why: DBusStr) -> DBusUInt32:
        print("held", flush=True)
        return 7

    @dbus_method("UnInhibit")
    def release(self, cookie: DBusUInt32) -> None:
        print("released", cookie, flush=True)

async def main():
    bus = await MessageBus().connect()
    bus.export("/org/freedesktop/PowerManagement/Inhibit", Power("org.freedesktop.PowerManagement.Inhibit"))
    await bus.request_name("org.freedesktop.PowerManagement")
    print("ready", flush=True)
    await bus.wait_for_disconnect()

asyncio.run(main())
"""


def test_the_machine_is_kept_awake_as_long_as_the_session(desktop_bus: Bus) -> None:
    seen = desktop_bus.run([sys.executable, "-c", POWER], ready="ready")
    with awake():
        until(lambda: "held" in seen.read_text(), "nobody asked")
        assert "released" not in seen.read_text()
    assert seen.read_text().split() == ["ready", "held", "released", "7"]


def test_it_ends_with_a_session_that_breaks(desktop_bus: Bus) -> None:
    seen = desktop_bus.run([sys.executable, "-c", POWER], ready="ready")

    def broken() -> None:
        with awake():
            until(lambda: "held" in seen.read_text(), "nobody asked")
            raise RuntimeError("broken")

    with pytest.raises(RuntimeError, match="broken"):
        broken()
    assert "released 7" in seen.read_text()


def test_no_desktop_is_no_harm(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    with awake():
        pass
    assert capfd.readouterr() == ("", "")


def test_no_package_is_no_harm(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setitem(sys.modules, "wakepy", None)
    with awake():
        pass
    assert capfd.readouterr() == ("", "")


@pytest.mark.slow
def test_a_desktop_that_hangs_holds_nobody(desktop_bus: Bus) -> None:
    desktop_bus.freeze()
    threads = threading.active_count()
    began = time.monotonic()
    with awake():
        within = time.monotonic() - began
    assert within < HANGING
    assert time.monotonic() - began < HANGING
    desktop_bus.kill()
    until(lambda: threading.active_count() <= threads, "a thread stays behind")

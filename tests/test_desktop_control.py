"""A desktop that is not there, hangs or goes: told once, never raised, never waited for."""

import os
import subprocess
import sys
import threading
import time
from dataclasses import replace

import pytest
from desktop_bus import Bus
from waiting import until

from voiceguide.desktop import control
from voiceguide.desktop.control import Desktop
from voiceguide.desktop.mpris import NAME
from voiceguide.live.state import Transport
from voiceguide.plan.timeline import Timeline

SESSION = Transport(Timeline(48_000, 48_000))


class Running:
    """A desktop that runs in its thread; `notes` is what it told."""

    def __init__(self) -> None:
        self.notes: list[str] = []
        self.desktop = Desktop("Rest", self.notes.append)
        self.thread = threading.Thread(target=self.desktop.run, args=(lambda command: None,), daemon=True)
        self.thread.start()

    def ended(self) -> bool:
        return not self.thread.is_alive()

    def close(self) -> float:
        """Seconds that closing takes."""
        began = time.monotonic()
        self.desktop.close()
        return time.monotonic() - began


@pytest.fixture
def running(desktop_bus: Bus) -> Running:
    one = Running()
    until(lambda: desktop_bus.has(NAME), "nothing on the bus")
    return one


def test_closing_leaves_the_bus(running: Running, desktop_bus: Bus) -> None:
    assert running.close() < control.CLOSE_SECONDS
    until(running.ended, "it goes on")
    until(lambda: not desktop_bus.has(NAME), "still on the bus")
    assert running.close() < control.CLOSE_SECONDS
    running.desktop.show(SESSION)
    assert running.notes == []


def test_a_second_session_has_a_name_of_its_own(running: Running, desktop_bus: Bus) -> None:
    second = Running()
    until(lambda: desktop_bus.has(f"{NAME}.instance{os.getpid()}"), "no second name")
    third = Running()
    until(third.ended, "a third one of the same process goes on")
    assert third.notes == ["media keys do not work: the desktop refuses it"]
    assert max(second.close(), running.close()) < control.CLOSE_SECONDS


def test_a_bus_that_dies_is_told_once(running: Running, desktop_bus: Bus) -> None:
    desktop_bus.kill()
    until(running.ended, "it goes on without a bus")
    for position in (0, 30_000, 0):
        running.desktop.show(replace(SESSION, position=position, over=position > 0))
    assert running.notes == ["media keys do not work: the desktop is gone"]
    assert running.close() < control.CLOSE_SECONDS


def test_a_bus_that_hangs_holds_nobody(running: Running, desktop_bus: Bus) -> None:
    desktop_bus.freeze()
    for number in range(100):
        running.desktop.show(replace(SESSION, over=number % 2 == 0))
    assert running.close() < control.CLOSE_SECONDS
    until(running.ended, "it goes on")


def test_a_bus_that_hangs_from_the_start_is_given_up(desktop_bus: Bus, monkeypatch: pytest.MonkeyPatch) -> None:
    desktop_bus.freeze()
    soon = Running()
    assert soon.close() < control.CLOSE_SECONDS
    until(soon.ended, "it goes on")
    monkeypatch.setattr(control, "CONNECT_SECONDS", 0.2)
    late = Running()
    until(late.ended, "it waits for ever")
    assert (soon.notes, late.notes) == ([], ["media keys do not work: the desktop does not answer"])


@pytest.mark.parametrize("address", [None, "unix:path=/nowhere/bus", "nonsense", ""])
def test_no_bus_is_told(address: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DBUS_SESSION_BUS_ADDRESS", "DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    if address is not None:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    alone = Running()
    until(alone.ended, "it goes on")
    assert alone.notes == ["media keys do not work: there is no desktop"]


def test_no_package_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "dbus_fast.aio", None)
    alone = Running()
    until(alone.ended, "it goes on")
    assert alone.notes == ["media keys do not work: that needs Linux and pip install 'voiceguide[desktop]'"]


def test_closed_before_it_runs_it_never_does(desktop_bus: Bus) -> None:
    never = Desktop("Rest", pytest.fail)
    never.close()
    never.run(pytest.fail)
    assert not desktop_bus.has(NAME)


def test_nothing_is_written_to_the_terminal(desktop_bus: Bus) -> None:
    """Whatever the bus does; the screen of a session is there."""
    code = """
import sys, threading
from voiceguide.desktop.control import Desktop
one = Desktop("Rest", lambda note: sys.stdout.write(note))
thread = threading.Thread(target=one.run, args=(print,))
thread.start()
sys.stdin.read()
thread.join()
"""
    child = subprocess.Popen(
        [sys.executable, "-W", "error", "-c", code],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=desktop_bus.environment,
    )
    until(lambda: desktop_bus.has(NAME), "nothing on the bus")
    desktop_bus.kill()
    assert child.communicate(timeout=10) == ("media keys do not work: the desktop is gone", "")


def test_showing_is_cheap(running: Running) -> None:
    """Ten times a second, beside the player's own work."""
    began = time.process_time()
    for clock in range(1000):
        running.desktop.show(replace(SESSION, clock=clock))
    assert time.process_time() - began < 0.5
    running.close()

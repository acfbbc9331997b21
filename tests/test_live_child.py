"""A child is spoken to without waiting, heard until its end, and ended whatever it does."""

import os
import signal
import time
from collections.abc import Iterator
from queue import SimpleQueue

import pytest
from played_kit import descriptors
from waiting import gone

from voiceguide.live.child import Child, Report

HANGING = 10.0
"""Seconds: who waits for a stopped process waits for ever."""


@pytest.fixture
def reports() -> "SimpleQueue[Report]":
    return SimpleQueue()


@pytest.fixture
def child(reports: "SimpleQueue[Report]") -> Iterator[Child]:
    begun = Child(7, reports.put)
    yield begun
    begun.end()


def test_it_reports_by_its_number(child: Child, reports: "SimpleQueue[Report]") -> None:
    report = reports.get(timeout=20)
    assert report.child == 7
    assert report.facts is not None
    assert report.facts["device"] == ""


def test_its_end_is_reported_once_and_orders_to_it_are_lost(child: Child, reports: "SimpleQueue[Report]") -> None:
    reports.get(timeout=20)
    child.process.kill()
    last = Report(7, {})
    while last.facts is not None:
        last = reports.get(timeout=20)
    for _ in range(100):
        child.send({"order": "forget"}, bytes(100_000))
    assert reports.empty()


def test_nobody_waits_for_a_stopped_one_that_takes_no_orders(child: Child, reports: "SimpleQueue[Report]") -> None:
    reports.get(timeout=20)
    os.kill(child.process.pid, signal.SIGSTOP)
    began = time.monotonic()
    for _ in range(100):
        child.send({"order": "forget"}, bytes(100_000))
    child.end()
    assert time.monotonic() - began < HANGING
    assert gone(child.process.pid)


def test_nothing_is_left_of_it() -> None:
    before = descriptors(os.getpid())
    for number in range(3):
        Child(number, SimpleQueue[Report]().put).end()
    assert descriptors(os.getpid()) == before


def test_it_goes_when_its_orders_end(child: Child, reports: "SimpleQueue[Report]") -> None:
    reports.get(timeout=20)
    assert child.process.stdin
    child.process.stdin.close()
    assert child.process.wait(2) == 0

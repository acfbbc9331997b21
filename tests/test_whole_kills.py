"""A target is old, absent or complete, whenever and however an export is ended."""

import random
import signal
import subprocess
from pathlib import Path
from time import monotonic

import pytest
from whole_kit import SHORT, SMALL, command, environment, run

OLD = b"an older file that somebody cares about"


def prepared(tmp_path: Path) -> tuple[list[str], dict[str, str], bytes, float]:
    (tmp_path / "small.md").write_text(SMALL)
    target = tmp_path / "out" / "a.mp3"
    target.parent.mkdir()
    run("export", "small.md", "-o", target, "--for", SHORT, home=tmp_path, cwd=tmp_path)
    began = monotonic()
    run("export", "small.md", "-o", target, "--for", SHORT, "--force", home=tmp_path, cwd=tmp_path)
    took = monotonic() - began
    argv = command("export", tmp_path / "small.md", "-o", target, "--for", SHORT, "--force")
    return argv, environment(tmp_path), target.read_bytes(), took


def killed(argv: list[str], env: dict[str, str], after: float, how: signal.Signals) -> int:
    child = subprocess.Popen(argv, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    try:
        child.wait(after)
    except subprocess.TimeoutExpired:
        child.send_signal(how)
    _, told = child.communicate(timeout=30)
    assert b"Traceback" not in told, told.decode()
    return child.returncode


def kill_often(tmp_path: Path, times: int) -> None:
    argv, env, complete, took = prepared(tmp_path)
    target = tmp_path / "out" / "a.mp3"
    chance = random.Random(7)
    for number in range(times):
        how = (signal.SIGINT, signal.SIGTERM, signal.SIGKILL)[number % 3]
        before = None if number % 2 else OLD
        if before is None:
            target.unlink(missing_ok=True)
        else:
            target.write_bytes(before)
        killed(argv, env, chance.uniform(0.05, took * 1.05), how)
        after = target.read_bytes() if target.exists() else None
        assert after in (before, complete), f"kill {number} by {how.name} left {len(after or b'')} bytes"
        if how is not signal.SIGKILL:
            assert {p.name for p in target.parent.iterdir() if "part" in p.name} <= left_by_kill(target)
    run("export", tmp_path / "small.md", "-o", target, "--for", SHORT, "--force", home=tmp_path)
    assert [path.name for path in target.parent.iterdir()] == ["a.mp3"]


def left_by_kill(target: Path) -> set[str]:
    """Temporaries of processes that are gone: only SIGKILL leaves them, and the next export clears them."""
    return {
        path.name for path in target.parent.glob(".a.mp3.part-*") if not Path("/proc", path.name.rsplit("-", 1)[1]).exists()
    }


@pytest.mark.slow
def test_twelve_kills_break_nothing(tmp_path: Path) -> None:
    kill_often(tmp_path, 12)


@pytest.mark.slow
def test_an_interrupt_says_one_line_and_130(tmp_path: Path) -> None:
    (tmp_path / "small.md").write_text(SMALL)
    argv = command("export", "small.md", "-o", "a.wav", "--for", SHORT, "--voice", "tone")
    child = subprocess.Popen(argv, env=environment(tmp_path), cwd=tmp_path, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL)
    try:
        child.wait(0.6)
    except subprocess.TimeoutExpired:
        child.send_signal(signal.SIGINT)
    _, told = child.communicate(timeout=30)
    assert child.returncode in (0, 130)
    assert b"Traceback" not in told
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".wav"] == (["a.wav"] if child.returncode == 0 else [])

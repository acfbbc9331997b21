"""How soon a session is heard: CPU and wall time from process start to the greeting, the bed, and the first word that is ready.

    python bench/live.py                   # first-back-massage, 12 minutes, the default voice
    python bench/live.py --voice tone

The first time ever; with voices prepared by an earlier session but nothing voiced; and with everything voiced. CPU is that of
all processes together: the player, the audio process, voices. Then a minute of the same session, with the share of a core that
the player and the audio process each take.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
"""Of these a second /proc counts CPU time; no finer."""

STAGES = "greeting", "bed", "word"

PREPARED = 1.0
"""Seconds after which a voice that was loaded is prepared for the next time, beyond the first ten."""


def tree(pid: int) -> list[int]:
    """A process and all below it."""
    found, waiting = [], [pid]
    while waiting:
        one = waiting.pop()
        found.append(one)
        for task in Path(f"/proc/{one}/task").glob("*/children"):
            waiting += map(int, task.read_text().split())
    return found


def cpu(pid: int) -> float:
    """CPU seconds of a process and of the children it has waited for."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(map(int, fields[11:15])) / TICKS


def is_audio(pid: int) -> bool:
    try:
        return b"voiceguide.sound.desk" in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False


def driver(asked: float, stay: float, out: str, command: list[str]) -> None:
    """Run the program in this process, and note what it has cost when the first sound and the first word are there."""
    import threading

    from voiceguide.cli.main import main
    from voiceguide.live import booth

    seen: dict[str, list[float]] = {}
    clip = booth.Booth.clip

    def note(name: str) -> None:
        if name not in seen:
            seen[name] = [sum(map(cpu, tree(os.getpid()))), time.monotonic() - asked]
            if len(seen) == len(STAGES):
                threading.Thread(target=rest, daemon=True).start()

    class Child(booth.Child):
        """Notes what it reports as soon as it comes."""

        def __init__(self, number: int, post: Callable[[booth.Report], None]) -> None:
            def noted(report: booth.Report) -> None:
                if report.facts and report.facts.get("age") is not None:
                    note("greeting")
                if report.facts and report.facts.get("taken", 0) > 0:
                    note("bed")
                post(report)

            super().__init__(number, noted)

    def given(self: booth.Booth, *words: object) -> None:
        clip(self, *words)  # type: ignore[arg-type]
        note("word")

    def rest() -> None:
        shares = []
        if stay:
            time.sleep(10)
            both = [os.getpid(), next(filter(is_audio, tree(os.getpid())))]
            before = [cpu(pid) for pid in both]
            time.sleep(stay)
            shares = [(cpu(pid) - was) / stay for pid, was in zip(both, before, strict=True)]
        Path(out).write_text(json.dumps({**seen, "shares": shares}))
        os._exit(0)

    booth.Child = Child  # type: ignore[misc]
    booth.Booth.clip = given  # type: ignore[method-assign,assignment]
    sys.argv = ["voiceguide", *command]
    main()


def run(home: Path, stay: float, command: list[str]) -> dict[str, list[float]]:
    out = home / "seen.json"
    environment = {**os.environ, "HOME": str(home), "PYTHONPATH": str(Path(__file__).parents[1])}
    for name in ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME"):
        environment.pop(name, None)
    subprocess.run(
        [sys.executable, __file__, "--drive", str(time.monotonic()), str(stay), str(out), *command],
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        check=True,
    )
    found: dict[str, list[float]] = json.loads(out.read_text())
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("routine", nargs="?", default="first-back-massage")
    parser.add_argument("--for", dest="length", default="12m")
    parser.add_argument("--voice")
    parser.add_argument("--stay", type=float, default=60)
    asked = parser.parse_args()
    voice = ["--voice", asked.voice] if asked.voice else []
    command = ["play", asked.routine, "--for", asked.length, "--device", "null", "--plain", *voice]
    print(f"{'cache':<8}" + "".join(f"{stage:>24}" for stage in STAGES))
    with tempfile.TemporaryDirectory() as folder:
        clips = Path(folder) / ".cache" / "voiceguide" / "clips"
        for cache, stay in (("nothing", 0.0), ("", PREPARED), ("voice", 0.0), ("clips", 0.0), ("clips", asked.stay)):
            if cache == "voice":
                shutil.rmtree(clips)
            seen = run(Path(folder), stay, command)
            if not cache:
                continue
            if not seen["shares"]:
                cells = (f"{cost:.2f} s CPU, {wall:.2f} s" for cost, wall in map(seen.__getitem__, STAGES))
                print(f"{cache:<8}" + "".join(f"{cell:>24}" for cell in cells))
            else:
                player, audio = seen["shares"]
                print(f"playing for {stay:.0f} s: player {player:.1%} of a core, audio process {audio:.1%}")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--drive"]:
        driver(float(sys.argv[2]), float(sys.argv[3]), sys.argv[4], sys.argv[5:])
    else:
        main()

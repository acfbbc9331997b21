"""How fast and how lean an export is: real-time factor, CPU seconds and peak memory, stage by stage.

    python bench/export.py                 # 10 and 120 minutes to MP3
    python bench/export.py 10 30 --voice tone

Each stage runs in a process of its own, so that its peak memory is its own: voicing (the whole process tree, workers included),
mixing and mastering, then writing each kind of file from what is already voiced. Memory is resident size summed over the tree.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from time import monotonic

PAGE = os.sysconf("SC_PAGE_SIZE")

LINES = """Rest both hands on the lower back, and wait for one slow breath.
Glide up beside the spine, out over the shoulders, and down along the sides.
Lean in with your weight, and keep your own elbows soft.
Let the stroke be slow enough to count to five.
Notice where the muscle feels firm, and stay there a little longer.
Move out to the shoulder, and squeeze the ridge between thumb and fingers.
Small circles now, two fingers away from the bone.
Ease the pressure, and let the skin come back to you.""".splitlines()

STAGES = {
    "voicing": "session.plan()",
    "mixing": "session.plan(); deque(session.blocks(), 0)",
    "wav": "session.export(out + '.wav')",
    "flac": "session.export(out + '.flac')",
    "mp3": "session.export(out + '.mp3')",
}

CHILD = """
import sys
from collections import deque
from voiceguide.session import open_session
routine, out, cache, voice = sys.argv[1:5]
with open_session(routine, overrides={{"voice": voice, "cache_dir": cache}}) as session:
    {work}
"""


def script(minutes: int) -> str:
    """A routine of about a third speech that lasts `minutes`."""
    head = f"---\ntitle: Bench {minutes}\nfor: partner\nminutes: {minutes}\nsoundscape: rain\n---\n"
    sections = []
    for number in range(max(1, minutes // 5)):
        said = "\n\n".join(f"{LINES[(number + k) % len(LINES)]} Round {number} and step {k}. [hold 10s-60s]" for k in range(10))
        sections.append(f"\n# Part {number + 1}\n\n{said}\n")
    return head + "".join(sections)


def memory(pid: int) -> tuple[int, int]:
    """Bytes resident in a process, and in it and all below it."""
    own, total, waiting = 0, 0, [pid]
    while waiting:
        one = waiting.pop()
        try:
            resident = int(Path(f"/proc/{one}/statm").read_text().split()[1]) * PAGE
            own, total = own or resident, total + resident
            for task in Path(f"/proc/{one}/task").iterdir():
                waiting += map(int, (task / "children").read_text().split())
        except OSError:
            continue
    return own, total


def measured(command: list[str]) -> tuple[float, float, float, float]:
    """Wall seconds, CPU seconds, MB of the main process and MB of the whole tree at their highest."""
    began = monotonic()
    child = subprocess.Popen(command)
    highest, done = (0, 0), threading.Event()

    def watch() -> None:
        nonlocal highest
        while not done.wait(0.02):
            own, tree = memory(child.pid)
            highest = (max(highest[0], own), max(highest[1], tree))

    watcher = threading.Thread(target=watch)
    watcher.start()
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    done.set()
    watcher.join()
    if child.returncode:
        raise SystemExit(f"{command[:3]} ended with {child.returncode}")
    return monotonic() - began, used.ru_utime + used.ru_stime, highest[0] / 2**20, highest[1] / 2**20


def main() -> None:
    reader = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    reader.add_argument("minutes", nargs="*", type=int, default=[10, 120])
    reader.add_argument("--voice", default="heart")
    asked = reader.parse_args()
    print(f"{os.cpu_count()} cores; real time is minutes of session per minute of work; memory in MB")
    print("| minutes | stage | real time (wall) | real time (CPU) | CPU s | peak, main process | peak, whole tree |")
    print("|---|---|---|---|---|---|---|")
    for minutes in asked.minutes:
        with tempfile.TemporaryDirectory() as folder:
            routine = Path(folder, "bench.md")
            routine.write_text(script(minutes))
            for stage, work in STAGES.items():
                code = CHILD.format(work=work)
                command = [sys.executable, "-c", code, str(routine), f"{folder}/out", f"{folder}/cache", asked.voice]
                wall, cpu, own, tree = measured(command)
                fast, lean = minutes * 60 / wall, minutes * 60 / cpu
                print(f"| {minutes} | {stage} | {fast:.0f}x | {lean:.0f}x | {cpu:.1f} | {own:.0f} | {tree:.0f} |", flush=True)


if __name__ == "__main__":
    main()

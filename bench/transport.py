"""How long a player thinks over one report of the sound, in a session of some 2 000 cues: python bench/transport.py"""

import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from live_kit import growing
from plan_kit import hold, say, section

from voiceguide.live.commands import Heard
from voiceguide.live.transport import Transport, apply

REPORTS = 500


def main() -> None:
    """Print the median, as CPU time."""
    routine = tuple(
        section(f"{n}", *(say(f"{n}.{m} Slowly.", n) for m in range(50)), hold(20, 40), line=n) for n in range(1, 41)
    )
    timeline = growing(routine, 4500)[-1]
    there = Transport(timeline, timeline.planned // 2, guidance="sparse", told=timeline.planned // 2)
    took = []
    for number in range(REPORTS):
        begun = time.process_time_ns()
        apply(there, Heard(there.position + number, number))
        took.append(time.process_time_ns() - begun)
    print(f"{len(timeline.cues)} cues: {statistics.median(took) / 1000:.0f} microseconds a report")


if __name__ == "__main__":
    main()

"""How the bundled routines guide: at their least, ideal and most minutes and ten lengths between, in every position they offer.

python bench/guidance.py [NAME ...]     print every length, then the table; with names, those routines alone
python bench/guidance.py --write        and write the table into docs/routines.md
python bench/guidance.py --voice heart  the ideal lengths as that voice really speaks them (minutes, the first time)
"""

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

import routines_kit as kit

from voiceguide.audio import seconds
from voiceguide.check.routine import Plan

PAGE = Path(__file__).parent.parent / "docs" / "routines.md"
BEGIN, END = "<!-- guidance -->\n", "<!-- end of guidance -->"
HEAD = (
    "| routine | lengths | exact | findings | speech, words a minute | session, words a minute | silence | sides |\n"
    "|---|---|---|---|---|---|---|---|\n"
)


def main() -> None:
    chosen = arguments()
    names = chosen.names or [*kit.ROUTINES, *kit.INCLUDES]
    if chosen.voice:
        for name in names:
            ideal = kit.promised(name).ideal
            plan = kit.planned(name, ideal, voice=chosen.voice)
            print(told(name, ideal, plan), f"{len(kit.problems(name, [plan]))} findings", sep="  ")
        return
    for name in names:
        for length, plan in kit.every_plan(name):
            print(told(name, length, plan))
    table = HEAD + "".join(map(kit.row, names))
    print(table)
    if chosen.write:
        before, rest = PAGE.read_text(encoding="utf-8").split(BEGIN)
        PAGE.write_text(f"{before}{BEGIN}{table}{END}{rest.split(END)[1]}", encoding="utf-8")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--voice")
    return parser.parse_args()


def told(name: str, length: int, plan: Plan) -> str:
    """One length of one routine on a line."""
    found = kit.figures(plan, length)
    return (
        f"{name:24} {plan.position:9} {seconds(length) / 60:6.2f} min  {'exact' if found.exact else 'NOT EXACT'}  "
        f"{found.rate:4.0f} wpm  {found.words:5.1f} words/min  {found.silence:5.1f} s silent  {found.sides:4.1f} % sides"
    )


if __name__ == "__main__":
    main()

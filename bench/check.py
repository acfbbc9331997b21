"""How well the check reads: precision and recall of every rule over the texts in tests/check_cases, apart from them over
those in tests/check_cases/unseen, which nobody mended a rule by, and its speed.

python bench/check.py                    # a table, then the texts it got wrong
python bench/check.py FOLDER             # other texts of the same form
"""

import sys
from collections import Counter
from pathlib import Path
from time import process_time

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

import check_kit

from voiceguide.examine import examine


def main() -> None:
    if len(sys.argv) > 1:
        judge(Path(sys.argv[1]))
        return
    judge(check_kit.CASES)
    print("\ntexts the rules were not tuned on")
    judge(check_kit.CASES / "unseen")
    for name in ("first-back-massage", "breathe"):
        start = process_time()
        examine(name)
        print(f"{name}: checked in {process_time() - start:.2f} s of processor time")


def judge(folder: Path) -> None:
    """The table over the texts of a folder, and those that were judged wrongly."""
    check_kit.CASES = folder
    right: Counter[tuple[str, bool]] = Counter()
    every: Counter[tuple[str, bool]] = Counter()
    wrong = []
    for rule, fires, text in check_kit.cases():
        spoke = rule in check_kit.rules_at(text)
        every[rule, fires] += 1
        right[rule, fires] += spoke == fires
        if spoke != fires:
            wrong.append((rule, fires, text))
    report(right, every)
    for rule, fires, text in wrong:
        print(f"{rule} should {'fire' if fires else 'be quiet'}: {text.partition('# Work')[2].strip() or text!r}")


def report(right: Counter[tuple[str, bool]], every: Counter[tuple[str, bool]]) -> None:
    print("rule   fires   quiet   precision  recall")
    for rule in [*sorted({rule for rule, _ in every}), "all"]:
        chosen = [key for key in every if rule in (key[0], "all")]
        true = sum(right[key] for key in chosen if key[1])
        positive = sum(every[key] for key in chosen if key[1])
        negative = sum(every[key] for key in chosen if not key[1])
        false = negative - sum(right[key] for key in chosen if not key[1])
        precision = true / (true + false) if true + false else 0.0
        print(f"{rule:5} {true:3}/{positive:3} {negative - false:3}/{negative:3}   {precision:8.2f}  {true / positive:6.2f}")


if __name__ == "__main__":
    main()

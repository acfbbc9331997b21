"""Texts that the check must, or must not, speak up at: read from tests/check_cases, and made into routines."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

from voiceguide.errors import Problem
from voiceguide.examine import examine

CASES = Path(__file__).parent / "check_cases"


def cases(*files: str) -> Iterator[tuple[str, bool, str]]:
    """The rule, whether it must fire, and the whole text of a routine."""
    for path in sorted(CASES.glob("*.toml")):
        if not files or path.stem in files:
            for rule, said in tomllib.loads(path.read_text(encoding="utf-8")).items():
                for kind in ("fires", "quiet"):
                    for text in said[kind]:
                        yield rule, kind == "fires", whole(text, said.get("for", "partner"), said.get("front", ""))


def whole(text: str, audience: str = "partner", front: str = "") -> str:
    """A routine around a piece of text."""
    if text.startswith("---"):
        return text
    head = f"---\ntitle: Case\nfor: {audience}\n{front}\n---\n\n".replace("\n\n---", "\n---")
    return head + (text if text.startswith("# ") else f"# Work\n\n{text}") + "\n"


def found(text: str, folder: Path) -> list[Problem]:
    """What the check finds in a routine."""
    path = folder / "case.md"
    path.write_text(text, encoding="utf-8")
    return list(examine(path))

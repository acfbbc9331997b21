"""What a direction may know: where it stands, who speaks to whom and how, and how people breathe unless said otherwise."""

import re
from dataclasses import dataclass

from voiceguide.script.mistakes import Mistake, short
from voiceguide.script.model import Pattern, Place, Role, Say

LONGEST_SENTENCE = 1_000
QUOTED = r'(?:"[^"]*"|“[^”]*”)'

_CLAUSE = re.compile(r"""(?:[^,"“”]++|"[^"]*+"|“[^”]*+”|["“”])++""")


@dataclass(frozen=True, slots=True)
class Scope:
    """`voice`, `pace` and `to` hold until the section ends; None takes the session's."""

    at: Place
    breathing: Pattern
    to: Role = "both"
    voice: str | None = None
    pace: float | None = None

    def say(self, text: str, opens: bool = False) -> Say:
        """A sentence spoken in this scope; Mistake if no voice could, or nobody would."""
        if not any(map(str.isalnum, text)):
            fix = "write it in words, or leave it out; silence is written [pause 3s]"
            raise Mistake(f"no voice can speak {short(text)}", fix, at=self.at)
        if len(text) > LONGEST_SENTENCE:
            raise Mistake(f"a sentence of {len(text)} characters", "end it with a full stop before breath runs out", at=self.at)
        return Say(" ".join(text.split()), self.at, opens, self.to, self.voice, self.pace)


def clauses(text: str) -> list[str]:
    """The parts between commas; commas inside quotes part nothing."""
    return [part for clause in _CLAUSE.findall(text) if (part := clause.strip())]


def quoted(text: str) -> str:
    """The words between the quotation marks, straight or curly."""
    if not text.strip():
        raise Mistake("the words to be spoken are missing")
    if re.fullmatch(QUOTED, text.strip()) is None:
        raise Mistake(f"{short(text)} is not in quotation marks")
    return text.strip()[1:-1]

"""What can go wrong, as a tree; rooms raise, only the command line prints.

    VoiceguideError                     1   something failed
    ├── UsageError                      2   a name, an option or a value that does not exist
    ├── ScriptErrors                    3   mistakes in a script, all of them at once
    ├── CannotFit                       3   the script cannot have the length asked for
    ├── MediaError                      3   a sound file that cannot be used
    ├── RecipeError                     3   a soundscape recipe that cannot be used
    ├── VoiceError                      1   no voice could speak
    ├── DeviceError                     4   no sound device
    └── OutputError                     5   a file that cannot be written

The number is the exit code of the command line. An interrupt (130) is Python's own KeyboardInterrupt.
Every message says what, where, why and what to do.
"""

from dataclasses import dataclass
from typing import ClassVar


class VoiceguideError(Exception):
    """The root: catch this to catch everything the package raises on purpose."""

    exit_code: ClassVar[int] = 1


class UsageError(VoiceguideError):
    """A name, an option or a value that does not exist."""

    exit_code = 2


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One mistake in a text: where (line and column count from 1), what it is, why it matters, what to write instead.

    `rule` is `script` for what is not the language, else the number of a rule of the check; `severity` is error, warning or
    hint."""

    file: str
    line: int
    column: int
    message: str
    reason: str = ""
    fix: str = ""
    rule: str = "script"
    severity: str = "error"

    def __str__(self) -> str:
        tail = "".join(f"; {part}" for part in (self.reason, self.fix) if part)
        return f"{self.file}:{self.line}:{self.column}: {self.message}{tail}"


class ScriptErrors(VoiceguideError):
    """Mistakes in a script, all of them at once, in reading order; `also` is what is wrong with what was asked for besides."""

    exit_code = 3

    def __init__(self, problems: "tuple[Problem, ...] | list[Problem]", also: tuple[VoiceguideError, ...] = ()) -> None:
        self.problems, self.also = tuple(sorted(problems)), also
        super().__init__("\n".join(map(str, (*self.problems, *also))))


class CannotFit(VoiceguideError):
    """The script cannot have the length asked for; lengths are in frames."""

    exit_code = 3

    def __init__(self, message: str, asked: int, shortest: int, longest: int) -> None:
        self.asked, self.shortest, self.longest = asked, shortest, longest
        super().__init__(message)


class MediaError(VoiceguideError):
    """A sound file that cannot be used: `path` as it was written, `reason` in words."""

    exit_code = 3

    def __init__(self, path: str, reason: str) -> None:
        self.path, self.reason = path, reason
        super().__init__(f"{path}: {reason}")


class RecipeError(VoiceguideError):
    """A soundscape recipe that cannot be used; `problems` name file, line and key."""

    exit_code = 3

    def __init__(self, problems: "tuple[Problem, ...] | list[Problem]") -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(map(str, self.problems)))


class VoiceError(VoiceguideError):
    """No voice could speak, or a voice is not there."""


class DeviceError(VoiceguideError):
    """No sound device, or it went away."""

    exit_code = 4


class OutputError(VoiceguideError):
    """A file that cannot be written: full disk, no permission, already there."""

    exit_code = 5

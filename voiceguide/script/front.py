"""The front matter: from `key: value` lines to a Front, every setting by its own reader in one table."""

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any, get_args

from voiceguide.audio import frames
from voiceguide.errors import Problem
from voiceguide.script.mistakes import Mistake, each, noted, short, unknown
from voiceguide.script.model import Audience, Front, Guidance, Length, Pattern, Place, Soundscape, Variable
from voiceguide.script.patterns import holds_breath, read_pattern
from voiceguide.script.pronouns import PRONOUNS
from voiceguide.script.table import Entry
from voiceguide.script.variables import BUILT_IN, tidy
from voiceguide.script.yamltree import Fields, Items, Text, Value

MOST_CHARACTERS = 64 * 1024
SLOWEST, FASTEST = 80, 220

Reader = Callable[[Value], Any]

_OPEN = re.compile(r"(\s*)---[ \t]*\n")
_HEADING = re.compile(r"^#{1,6} ", re.MULTILINE)
_CLOSE = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
_VARIABLE = re.compile(r"[^\W\d_][\w -]*")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
_NUMBER = re.compile(r"-?[0-9]{1,6}(?:\.[0-9]{1,6})?")
_RULE = re.compile(r"R[0-9]{2}")
_NAME = re.compile(r"[\w.:-]+/?")


def split_front(text: str, file: str, problems: list[Problem]) -> tuple[str | None, str]:
    """The front matter's YAML and the body, each on its own lines: what stands before is left empty.

    The YAML is None where nobody can say what it is. Mistakes are noted in `problems`; the body of a front matter that never
    ends is taken to begin at the first heading."""

    def note(message: str, fix: str) -> None:
        problems.append(Mistake(message, fix).problem(Place(file, 1)))

    opened = _OPEN.match(text)
    if opened is None:
        note(
            "the script has no front matter",
            "begin the file with a line of three hyphens, a line title: My routine, and one of three hyphens again",
        )
        return None, text
    if opened[1]:
        note("the front matter does not begin on the first line", "delete the empty lines above it")
    closed = _CLOSE.search(text, opened.end())
    if closed is None:
        note("the front matter never ends", "write --- on a line of its own beneath the last setting")
        heading = _HEADING.search(text, opened.end())
        return None, _from(heading.start() if heading else len(text), text)
    if closed.start() > MOST_CHARACTERS:
        note("the front matter is larger than 64 KiB", "keep to the settings of the script format")
        return None, _from(closed.end(), text)
    return _from(opened.end(), text[: closed.start()]), _from(closed.end(), text)


def _from(start: int, text: str) -> str:
    """The text from here on, with the lines before it empty."""
    return "\n" * text.count("\n", 0, start) + text[start:]


def read_front(fields: Fields, problems: list[Problem]) -> Front:
    """The settings, each mistake noted in `problems`."""
    said: dict[str, Any] = {"places": tuple((key.text, value.at) for key, value in fields.entries)}
    at = Place(fields.at.file, 1)
    for key, value in fields.entries:
        if key.text not in SETTINGS:
            problems.append(unknown("setting", key.text, SETTINGS).problem(key.at))
        elif not _is_empty(value):
            at = key.at if key.text == "title" else at
            with noted(problems, value.at):
                said[_FIELDS.get(key.text, key.text)] = SETTINGS[key.text].use(value)
    if not any(key.text == "title" and not _is_empty(value) for key, value in fields.entries):
        problems.append(Mistake("the script has no title", "write title: My routine in the front matter").problem(at))
    return Front(**{"title": "Untitled", **said, "at": at})


def declared(fields: Fields) -> frozenset[str]:
    """The names of all variables, of those with mistakes as well."""
    tables = (value for key, value in fields.entries if key.text == "variables" and isinstance(value, Fields))
    return frozenset(tidy(name.text) for table in tables for name, _ in table.entries)


def _is_empty(value: Value) -> bool:
    return isinstance(value, Text) and value.empty


def _text(value: Value) -> str:
    if not isinstance(value, Text):
        raise Mistake("this setting is a text", "write it on one line after the colon", at=value.at)
    return value.text


def _title(value: Value) -> str:
    if "{" in _text(value):
        raise Mistake("a title has no blanks", "fill a blank in a heading or a sentence instead", at=value.at)
    return _text(value)


def _texts(value: Value) -> tuple[str, ...]:
    return tuple(each(value.values, _text)) if isinstance(value, Items) else (_text(value),)


def _fields(value: Value, kind: str, known: tuple[str, ...]) -> dict[str, Value]:
    if not isinstance(value, Fields):
        raise Mistake(f"{kind} is written as {{{', '.join(f'{key}: ...' for key in known)}}}", at=value.at)

    def field(entry: tuple[Text, Value]) -> tuple[str, Value]:
        if entry[0].text not in known:
            raise unknown(f"key of {kind}", entry[0].text, known, at=entry[0].at)
        return entry[0].text, entry[1]

    return dict(each(value.entries, field))


def _one_of(*choices: str) -> Callable[[Value], str]:
    def read(value: Value) -> str:
        if (word := _text(value)) not in choices:
            raise unknown("choice", word, choices, at=value.at)
        return word

    return read


def _shaped(shape: re.Pattern[str], what: str) -> Callable[[Value], str]:
    def read(value: Value) -> str:
        if shape.fullmatch(_text(value)) is None:
            raise Mistake(f"{short(_text(value))} is not {what}", at=value.at)
        return _text(value)

    return read


def _number(value: Value, low: float, high: float, unit: str) -> Decimal:
    number = Decimal(_text(value)) if _NUMBER.fullmatch(_text(value)) else None
    if number is None or not Decimal(str(low)) <= number <= Decimal(str(high)):
        fix = f"write a number from {low:g} to {high:g}"
        raise Mistake(f"{short(_text(value))} is not a number of {unit}", fix, at=value.at)
    return number


def _pace(value: Value) -> float:
    return float(_number(value, SLOWEST, FASTEST, "words a minute"))


def _switch(value: Value) -> bool:
    word = _text(value).lower()
    if word not in _ON + _OFF:
        raise Mistake(f"{short(word)} is neither on nor off", "write on or off", at=value.at)
    return word in _ON


def _minutes(value: Value) -> Length:
    given = {"ideal": value} if isinstance(value, Text) else _fields(value, "minutes", ("least", "ideal", "most"))
    said = {key: frames(_number(entry, 0.1, 480, "minutes") * 60) for key, entry in given.items()}
    if not said:
        raise Mistake("minutes says nothing", "write minutes: 12, or {least: 6, ideal: 10, most: 15}", at=value.at)
    least = said.get("least", said.get("ideal", said.get("most", 0)))
    most = said.get("most", said.get("ideal", least))
    ideal = said.get("ideal", (least + most + 1) // 2)
    if not least <= ideal <= most:
        raise Mistake("minutes are out of order", "least comes first, then ideal, then most", at=value.at)
    return Length(least, ideal, most)


def _soundscape(value: Value) -> Soundscape:
    if isinstance(value, Text):
        return Soundscape(_scene(value))
    said = _fields(value, "soundscape", ("use", "level", "controls", "follow"))
    if "use" not in said:
        raise Mistake("the soundscape has no name", "write soundscape: {use: rain, level: -3}", at=value.at)
    level = float(_number(said["level"], -40, 12, "decibels")) if "level" in said else 0.0
    controls = _controls(said["controls"]) if "controls" in said else ()
    breathes = "follow" in said and _one_of("breath")(said["follow"]) == "breath"
    return Soundscape(_scene(said["use"]), level, controls, breathes)


def _scene(value: Value) -> str | None:
    name = _shaped(_NAME, "the name of a soundscape")(value)
    return None if name.lower() in ("off", "none") else name


def _controls(value: Value) -> tuple[tuple[str, float], ...]:
    if not isinstance(value, Fields):
        raise Mistake("controls are written as {intensity: 0.4}", at=value.at)
    return tuple((key.text, float(_number(entry, 0, 1, "a control"))) for key, entry in value.entries)


def _breathing(value: Value) -> Pattern:
    pattern = read_pattern(_text(value))
    if holds_breath(pattern):
        fix = f"choose easy, six, coherent or extended here, and ask for it where it belongs: [breathe {pattern.name} x3]"
        raise Mistake(f"{pattern.name} holds the breath", fix, "a pattern with holds is never a default", at=value.at)
    return pattern


def _variables(value: Value) -> tuple[Variable, ...]:
    if not isinstance(value, Fields):
        raise Mistake("variables are written as {name: {default: your partner}}", at=value.at)
    return tuple(each(value.entries, _variable))


def _variable(entry: tuple[Text, Value]) -> Variable:
    key, value = entry
    name = tidy(key.text)
    if _VARIABLE.fullmatch(name) is None or name in BUILT_IN:
        why = "it is filled by itself" if name in BUILT_IN else "a name is a letter, then letters, digits and spaces"
        raise Mistake(f"{short(name)} cannot name a variable", reason=why, at=key.at)
    said = {"default": value} if isinstance(value, Text) else _fields(value, "a variable", ("default", "choices", "ask"))
    default = _text(said["default"]) if "default" in said and not _is_empty(said["default"]) else None
    choices = _choices(name, said.get("choices"))
    if default is not None and choices and default not in choices:
        raise unknown(f"choice of {name}", default, choices, at=said["default"].at)
    return Variable(name, default, choices, _text(said["ask"]) if "ask" in said else "", key.at)


def _choices(name: str, value: Value | None) -> tuple[str, ...]:
    """What a variable may be; `pronouns` are those the language knows."""
    fixed = tuple(PRONOUNS) if name == "pronouns" else ()
    if value is None:
        return fixed
    choices = _texts(value)
    for choice in choices if fixed else ():
        if choice not in fixed:
            raise unknown(f"choice of {name}", choice, fixed, at=value.at)
    return choices


def _lexicon(value: Value) -> tuple[tuple[str, str], ...]:
    if not isinstance(value, Fields):
        raise Mistake("say is written as {tapotement: tapot mon}", at=value.at)
    return tuple((key.text, _text(entry)) for key, entry in value.entries)


def _check(value: Value) -> tuple[tuple[str, str | float], ...]:
    if not isinstance(value, Fields):
        raise Mistake("check is written as {R12: off, longest silence: 240}", at=value.at)
    return tuple(each(value.entries, _judged))


def _judged(entry: tuple[Text, Value]) -> tuple[str, str | float]:
    """A rule and how grave it is here, or a threshold and its value."""
    key, value = entry
    if _RULE.fullmatch(key.text):
        return key.text, _one_of("off", "hint", "warning", "error")(value)
    return tidy(key.text), float(_number(value, 0, 10_000, "a threshold"))


_ON, _OFF = ("on", "true", "yes"), ("off", "false", "no")
_FIELDS = {"for": "audience"}
_voice = _shaped(re.compile(r"\S{1,200}"), "the name of a voice")

SETTINGS: dict[str, Entry[Reader]] = {
    "title": Entry("what the routine is called; the only setting that must be there", "title: Ten-minute shoulders", _title),
    "summary": Entry("one or two lines about it, for lists", "summary: Loosens neck and shoulders.", _text),
    "for": Entry("who it is for: partner, self or rest", "for: partner", _one_of(*get_args(Audience))),
    "minutes": Entry("how long it lasts", "minutes: {least: 6, ideal: 10, most: 15}", _minutes),
    "voice": Entry("the voice that speaks", "voice: heart", _voice),
    "pace": Entry("words a minute, 80 to 220; 125 if not said", "pace: 120", _pace),
    "language": Entry(
        "the language of the words", "language: en", _shaped(_LANGUAGE, "a language; write for example en or pt-BR")
    ),
    "soundscape": Entry(
        "the sound behind the words, or off", "soundscape: {use: rain, level: -3, controls: {intensity: 0.4}}", _soundscape
    ),
    "breathing": Entry("the breathing pattern where none is named; easy if not said", "breathing: extended", _breathing),
    "needs": Entry("what to have at hand", "needs: [a chair, a pillow]", _texts),
    "position": Entry("the positions to choose from, the usual one first", "position: [prone, seated]", _texts),
    "cautions": Entry("when to ask a doctor first, or to leave it", "cautions: [fever, pregnancy]", _texts),
    "variables": Entry("blanks in the words", "variables: {name: {default: your partner, ask: Who is it for?}}", _variables),
    "say": Entry("how to say words the voice gets wrong", "say: {tapotement: tapot mon}", _lexicon),
    "taper": Entry("the voice slows and softens a little towards the end; on if not said", "taper: off", _switch),
    "guidance": Entry("how much is said: full, some or sparse", "guidance: some", _one_of(*get_args(Guidance))),
    "check": Entry(
        "rules of the check that are other in this routine, and thresholds", "check: {R12: off, longest silence: 240}", _check
    ),
    "author": Entry("who wrote it", "author: A. Therapist", _text),
    "license": Entry("what others may do with it", "license: CC-BY-4.0", _text),
    "reviewed": Entry("when and by whom it was last looked over", "reviewed: 2025-03-01", _text),
}

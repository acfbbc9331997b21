"""From what a writer typed to what a voice can say: `60 s` is `sixty seconds`, `1-2 %` is `one to two percent`.

Pure text. The lexicon goes first; then engine control marks lose their power, then symbols and abbreviations
become words, then numbers with their units. What is left and no voice can say is dropped here and named by `unspeakable`.
Only English is spelt out: other languages keep their figures, which their voices read by their own rules.
"""

import re
import unicodedata
from collections.abc import Callable
from functools import cache, lru_cache

from voiceguide.speech.numerals import cardinal, decimal, fraction, ordinal

Lexicon = tuple[tuple[str, str], ...]
Rule = tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]]

LONGEST_NUMBER = 400
MARKS = " .,;:!?'\"-—…()"
PLAIN = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛`´ʼ＇", "'"),
        **dict.fromkeys("“”„«»‹›", '"'),
        **dict.fromkeys("‐‑‒–−", "-"),
        **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff\ufe0f", ""),
        "―": "—",
        "⁄": "/",
        "×": "x",
        "º": "°",
        "μ": "µ",
    }
)
VULGAR = {
    "½": "1/2",
    "⅓": "1/3",
    "⅔": "2/3",
    "¼": "1/4",
    "¾": "3/4",
    "⅛": "1/8",
    "⅕": "1/5",
    "⅜": "3/8",
    "⅝": "5/8",
    "⅞": "7/8",
}

UNITS = {
    "s": "second",
    "sec": "second",
    "secs": "second",
    "min": "minute",
    "mins": "minute",
    "h": "hour",
    "hr": "hour",
    "hrs": "hour",
    "ms": "millisecond",
    "mm": "millimetre",
    "cm": "centimetre",
    "m": "metre",
    "km": "kilometre",
    "ml": "millilitre",
    "l": "litre",
    "g": "gram",
    "kg": "kilogram",
    "oz": "ounce",
    "lb": "pound",
    "lbs": "pound",
    "ft": "foot",
    "in": "inch",
    "tsp": "teaspoon",
    "tbsp": "tablespoon",
    "%": "percent",
    "°c": "degree Celsius",
    "°f": "degree Fahrenheit",
    "°": "degree",
    "bpm": "beat a minute",
    "hz": "hertz",
    "x": "time",
}
PLURALS = {"percent": "percent", "hertz": "hertz", "foot": "feet", "inch": "inches"}
AMBIGUOUS_UNITS = {"in"}
CURRENCIES = {"$": "dollar", "£": "pound", "€": "euro"}
ABBREVIATIONS = {
    "e.g.": "for example",
    "i.e.": "that is",
    "etc.": "et cetera",
    "approx.": "approximately",
    "vs.": "versus",
    "vs": "versus",
    "min.": "minutes",
    "sec.": "seconds",
    "incl.": "including",
    "max.": "at most",
    "w/": "with ",
    "w/o": "without",
    "no.": "number",
    "l/r": "left and right",
    "r/l": "right and left",
    "and/or": "and or",
    "he/she": "he or she",
    "his/her": "his or her",
}
SYMBOLS = {
    "&": " and ",
    "+": " plus ",
    "=": " equals ",
    "@": " at ",
    "%": " percent ",
    "°": " degrees ",
    "/": " ",
    "•": ", ",
    "·": ", ",
}

NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
UNIT = "|".join(sorted(map(re.escape, UNITS), key=len, reverse=True))


@lru_cache(maxsize=4096)
def normalise(text: str, language: str = "en", lexicon: Lexicon = ()) -> str:
    """`text` in speakable characters only: letters of the language's script and `.,;:!?'"-—…()`; "" when nothing is left.

    Never raises. Words of the lexicon, (written, spoken), are replaced whole and in any case.
    """
    kept = "".join(sign if _can_say(sign, language) else " " for sign in _spelt(text, language, lexicon))
    kept = re.sub(r"\s+([.,;:!?…)])|(\()\s+", r"\1\2", " ".join(kept.split()))
    return kept if any(map(_is_content, kept)) else ""


@lru_cache(maxsize=4096)
def unspeakable(text: str, language: str = "en", lexicon: Lexicon = ()) -> tuple[str, ...]:
    """The letters, figures and pictures of `text` that the language's voices cannot say, each once, in order."""
    spelt = _spelt(text, language, lexicon)
    return tuple(dict.fromkeys(sign for sign in spelt if _is_meant(sign) and not _can_say(sign, language)))


@lru_cache(maxsize=64)
def is_english(language: str) -> bool:
    """Whether a language code is some English."""
    return language.lower().replace("_", "-").split("-")[0] == "en"


@lru_cache(maxsize=4096)
def _spelt(text: str, language: str, lexicon: Lexicon) -> str:
    text = _plain(_say_as(text, lexicon))
    for pattern, spoken in (*CONTROLS, *(_english() if is_english(language) else ())):
        text = pattern.sub(spoken, text)
    return text


def _say_as(text: str, lexicon: Lexicon) -> str:
    spoken = {written.lower(): said for written, said in lexicon if written.strip()}
    if not spoken:
        return text
    words = "|".join(map(re.escape, sorted(spoken, key=len, reverse=True)))
    return re.sub(rf"(?<!\w)(?:{words})(?!\w)", lambda match: spoken.get(match[0].lower(), match[0]), text, flags=re.IGNORECASE)


def _plain(text: str) -> str:
    text = "".join(f" {VULGAR[sign]}" if sign in VULGAR else sign for sign in text.translate(PLAIN))
    return unicodedata.normalize("NFKC", text).translate(PLAIN)


def _is_content(sign: str) -> bool:
    return unicodedata.category(sign)[0] in "LN"


def _is_meant(sign: str) -> bool:
    """Something a listener would miss: a letter, a figure, a picture; not a mark or an invisible sign."""
    return unicodedata.category(sign)[0] in "LN" or unicodedata.category(sign) == "So"


def _can_say(sign: str, language: str) -> bool:
    if sign in MARKS:
        return True
    if is_english(language):
        return (sign.isascii() and sign.isalpha()) or (sign.isalpha() and unicodedata.name(sign, "").startswith("LATIN"))
    return unicodedata.category(sign)[0] in "LNM"


CONTROLS: tuple[Rule, ...] = (
    (re.compile(r"\[([^\[\]]*)\]\([^()]*\)"), r"\1"),
    (re.compile(r"\[\[([^\[\]]*)\]\]"), " "),
    (re.compile(r"</?[A-Za-z!?][^<>]*>"), " "),
    (re.compile(r"\b(?:https?|ftp|file)://\S+", re.IGNORECASE), " "),
    (re.compile(r"[\[\]{}<>|*_~^#\\]+(?!\d)"), " "),
)


@cache
def _english() -> tuple[Rule, ...]:
    """English rules in the order they apply: what is longer and more special first."""
    word = re.IGNORECASE
    shortened = "|".join(sorted(map(re.escape, ABBREVIATIONS), key=len, reverse=True))
    clock = r"([01]?\d|2[0-3]):([0-5]\d)"
    return (
        (re.compile(rf"(?<!\w)(?:{shortened})(?!\w)", word), _in_full),
        (re.compile(rf"(?<![\d:]){clock}\s*([ap])(?:\.m\.|m\b)", word), lambda m: f"{_clock(m[1], m[2])} {m[3].upper()}M"),
        (re.compile(rf"\b(at|until|by|from|before|after)\s+{clock}(?![\d:])", word), lambda m: f"{m[1]} {_clock(m[2], m[3])}"),
        (re.compile(r"(?<![\d:])(\d{1,3}):([0-5]\d)(?![\d:])"), lambda m: _duration(m[1], m[2])),
        (re.compile(r"(?<!\w)(\d+)m(\d+)s\b"), lambda m: _duration(m[1], m[2])),
        (re.compile(rf"([$£€])\s?({NUMBER})"), lambda m: _counted(m[2], CURRENCIES[m[1]])),
        (re.compile(r"#(\d+)"), r"number \1"),
        (re.compile(r"~\s?(?=\d)"), "about "),
        (re.compile(r"\b(\d{1,12})(?:st|nd|rd|th)\b", word), lambda m: ordinal(m[1])),
        (re.compile(r"(\d{1,3})\s+(\d{1,2})/(\d{1,2})(?![\d/])"), _mixed),
        (re.compile(r"(?<![\d/.])([1-9]\d?)/(10|20|100)(?![\d/])"), lambda m: f"{cardinal(m[1])} out of {cardinal(m[2])}"),
        (re.compile(r"(?<![\d/.])1/2(?=\s+(?:an?|the)\b)"), "half"),
        (re.compile(r"(?<![\d/.])([1-9]\d?)/([2-9])(?![\d/])"), _part),
        (re.compile(r"(?<![\w.-])\d+(?:-\d+){2,}(?![\w-])"), lambda m: " ".join(map(cardinal, m[0].split("-")))),
        (re.compile(rf"(?<![\w.])({NUMBER})-(?=[a-z]{{3}})", word), lambda m: f"{decimal(m[1])}-"),
        (re.compile(rf"(?<![\w.])({NUMBER})\s?/\s?({UNIT})\b", word), lambda m: f"{m[1]} per {UNITS[m[2].lower()]}"),
        (re.compile(rf"(?<![\w.])({NUMBER})\s*-\s*({NUMBER})(?:\s*-?({UNIT})(?![\w/]))?(?!\w)", word), _range),
        (re.compile(r"(?<![\w.])x\s?(\d{1,3})(?![\w.])", word), lambda m: _counted(m[1], "time")),
        (re.compile(rf"(?<![\w.])-({NUMBER})"), r"minus \1"),
        (re.compile(rf"(?<![\w.])({NUMBER})\s*-?({UNIT})(?![\w/'])", word), _measure),
        (re.compile(r"\b(seconds?|minutes?|hours?|times?|strokes?|beats?)\s?/\s?(?=[a-z])", word), r"\1 per "),
        (re.compile(rf"(?<!\d)({NUMBER})"), lambda m: f" {decimal(m[1][:LONGEST_NUMBER].rstrip('.,'))} "),
        (re.compile(r"\d+"), lambda m: f" {cardinal(_ascii(m[0]))} "),
        (re.compile("|".join(map(re.escape, SYMBOLS))), lambda m: SYMBOLS[m[0]]),
    )


def _in_full(match: re.Match[str]) -> str:
    """An abbreviation's words; the point of one that ends the text ends the sentence too."""
    closes = match[0].endswith(".") and not match.string[match.end() :].strip()
    return ABBREVIATIONS[match[0].lower()] + ("." if closes else "")


def _ascii(digits: str) -> str:
    return "".join(str(unicodedata.digit(digit, 0)) for digit in digits)


def _clock(hours: str, minutes: str) -> str:
    tail = "" if minutes == "00" else f" oh {cardinal(minutes[1])}" if minutes[0] == "0" else f" {cardinal(minutes)}"
    return f"{cardinal(str(int(hours)))}{tail or (' o’clock' if int(hours) <= 12 else ' hundred')}".replace("’", "'")


def _duration(minutes: str, seconds: str) -> str:
    parts = [_counted(str(int(n)), unit) for n, unit in ((minutes, "minute"), (seconds, "second")) if int(n)]
    return " ".join(parts) or "zero seconds"


def _counted(number: str, unit: str) -> str:
    plain = number.replace(",", "")
    one = plain == "1"
    head, *rest = unit.split(" ")
    return " ".join([decimal(plain), head if one else PLURALS.get(head, head + "s"), *rest])


def _measure(match: re.Match[str]) -> str:
    unit = match[2].lower()
    if unit in AMBIGUOUS_UNITS or (unit == "x" and "." in match[1]):
        return match[0]
    return f" {_counted(match[1], UNITS[unit])}"


def _range(match: re.Match[str]) -> str:
    """`2-3 min`, `5-6`; a unit that is also a word stays what it is."""
    first, last, unit = match[1], match[2], match[3]
    if unit is None or unit.lower() in AMBIGUOUS_UNITS:
        return f"{decimal(first)} to {decimal(last)}" + (f" {unit}" if unit else "")
    return f"{decimal(first)} to {_counted(last, UNITS[unit.lower()])}"


def _part(match: re.Match[str]) -> str:
    """A proper fraction by its name, anything else `out of`."""
    above, below = int(match[1]), int(match[2])
    return fraction(match[1], match[2]) if above < below else f"{cardinal(match[1])} out of {cardinal(match[2])}"


def _mixed(match: re.Match[str]) -> str:
    """`2 1/2` is `two and a half`; `1 1/2` takes its noun in the plural all the same."""
    above, below = int(match[2]), int(match[3])
    if not 0 < above < below < 10:
        return match[0]
    part = fraction(match[2], match[3]).replace("one ", "a ", 1)
    return f"{cardinal(match[1])} and {part}"

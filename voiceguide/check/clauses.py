"""Which words of a sentence are turned round, and which belong together.

Advice is full of negation: "avoid the spine", "never press or rub there", "instead of pushing, lean". Every inverter of the
lexicon reaches from itself to the end of its clause, and one that judges ("... is dangerous") over all of it.
Something is told to be done where an even number of inverters reach it: "do not stop pressing" is told, "never press" is not.
What stands behind *if* is told to nobody. A question tells nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from voiceguide.check.lexicon import VERBS
from voiceguide.check.wording import Sense, Word, of, words

STOPS = frozenset(".;:!?()—…")
LEADING = frozenset(["just", "simply", "please", "always", "only", "and", "then", "now", "right", "straight"])
"""Words before an order, or a place, that change nothing."""
_WITH = 4
_SUBJECTS = frozenset(["you", "they", "he", "she", "it", "this", "that"])
_AROUND = {"leave": ("alone", "out", "be"), "put": ("away",)}
_MODALS = frozenset(["can", "could", "may", "might", "will"])
_ONTO = frozenset(["on", "onto", "over", "across"])
_GRANTS = frozenset(["even", "matter", "fine", "okay", "ok", "harm", "problem"])
_PREPOSITIONS = frozenset(["without", "instead", "rather", "except", "apart", "other", "contrary"])


@dataclass(frozen=True, slots=True)
class Reach:
    """Words [start, end) that something reaches; `source` is the words that turn them round."""

    start: int
    end: int
    source: tuple[int, int]


def told(text: str, *places: Sense) -> bool:
    """Whether what these places of the sentence say together is told to be done, or claimed."""
    asks = text.rstrip(" \"”'’").endswith("?") and not of(text, "proposing")
    if asks or any(_supposed(text, place.start) for place in places):
        return False
    return affirmed(text, *places)


def affirmed(text: str, *places: Sense) -> bool:
    """Whether these places are not turned round, or twice, told or supposed."""
    return len(turned_by(text, *places)) % 2 == 0


def turned_by(text: str, *places: Sense) -> frozenset[tuple[int, int]]:
    """The words that turn these places round."""
    return frozenset(reach.source for reach in reaches(text) for place in places if _reached(reach, place))


def asserted(text: str, *meanings: str) -> list[Sense]:
    """The places where the sentence means one of these and is not turned round."""
    return [sense for sense in of(text, *meanings) if told(text, sense)]


def joined(text: str, first: str, second: str, apart: int) -> Iterator[tuple[Sense, Sense]]:
    """Places that mean `first` and then, at most `apart` words later, `second`, and together are told."""
    for earlier, later in product(of(text, first), of(text, second)):
        if 0 <= later.start - earlier.end <= apart and told(text, earlier, later):
            yield earlier, later


def denied(text: str, place: Sense) -> bool:
    """Whether what is said of this place is turned round behind it: "toxins are not pressed out"; "without" denies only what
    follows it."""
    _, end = clause_of(text, place)
    denials = [sense for sense in of(text, "turns") if words(text)[sense.start].text not in _PREPOSITIONS]
    return sum(place.end <= sense.start < end for sense in denials) % 2 == 1


def clause_of(text: str, place: Sense) -> tuple[int, int]:
    """The words [start, end) of the clause in which a place stands."""
    starts = [0, *(cut for cut in cuts(text)), len(words(text))]
    return max(start for start in starts if start <= place.start), min(end for end in starts if end > place.start)


def _reached(reach: Reach, place: Sense) -> bool:
    inside = reach.source[0] >= place.start and reach.source[1] <= place.end
    return reach.start <= place.start < reach.end and not inside


def _supposed(text: str, index: int) -> bool:
    if any(sense.start == 0 and sense.end <= index < _next_cut(text, sense.end) for sense in of(text, "others")):
        return True
    if index and words(text)[0].text == "should" and index < _next_cut(text, 0, commas=True):
        return True
    supposing = [
        sense for sense in of(text, "supposing") if not sense.start or words(text)[sense.start - 1].text not in _GRANTS
    ]
    return any(sense.end <= index < _next_cut(text, sense.end, commas=True) for sense in supposing)


@lru_cache(maxsize=4096)
def reaches(text: str) -> tuple[Reach, ...]:
    """Every inverter of the sentence with what it reaches."""
    found: list[Reach] = []
    taken = -1
    every = sorted(of(text, "turns", "verbs", "judged", "frames"), key=lambda sense: (sense.start, -sense.end))
    for sense in every:
        if sense.start < taken or (words(text)[sense.start].text == "nor" and found):
            continue
        taken = sense.end
        source = (sense.start, sense.end)
        if sense.meaning == "judged" or _is_passive(text, sense):
            start, end = clause_of(text, sense)
            found.append(Reach(start, end, source))
        elif not _only(text, sense):
            found.append(Reach(sense.start, _end(text, sense), source))
    found += _around(text)
    return tuple(found)


def _is_passive(text: str, sense: Sense) -> bool:
    """`the collarbone is skipped`, `with the spine left out`: what stands before it is turned round."""
    said = words(text)
    if sense.meaning != "verbs" or not sense.start:
        return False
    if said[sense.start].text == "left":
        return "with" in {word.text for word in said[max(0, sense.start - _WITH) : sense.start]}
    return said[sense.start].text.endswith("ed") and bool({"is", "get", "stay", "remain"} & said[sense.start - 1].bases)


def _only(text: str, sense: Sense) -> bool:
    """`not only`, `no matter`, `why not`, `can never ... enough`, `nothing is better than`: these turn nothing round."""
    before = words(text)[sense.start - 1].text if sense.start else ""
    enough = before == "can" and "enough" in {word.text for word in words(text)[sense.end : _next_cut(text, sense.end)]}
    if before == "why" or enough:
        return True
    after = [word.text for word in words(text)[sense.end : sense.end + 3]]
    praised = words(text)[sense.start].text == "nothing" and bool({"better", "nicer", "beats"} & set(after))
    return praised or after[:1] in (["only"], ["just"], ["matter"], ["doubt"], ["problem"], ["longer"], ["harm"], ["danger"])


def _around(text: str) -> list[Reach]:
    """`leave healing wounds alone`, `keep the hands off ...`: what stands between is turned round."""
    said = words(text)
    found = []
    for number, word in enumerate(said):
        if closings := next((ends for verb, ends in _AROUND.items() if verb in word.bases), ()):
            ends = [n for n in range(number + 2, min(number + 12, len(said))) if said[n].text in closings]
            if ends and not any(said[n].text in STOPS for n in range(number, ends[0])):
                found.append(Reach(number, ends[0], (number, ends[0] + 1)))
        if "keep" in word.bases and (away := _kept_away(said, number)):
            found.append(Reach(number, _end(text, Sense("verbs", number, away)), (number, away)))
    return found


def _kept_away(said: tuple[Word, ...], number: int) -> int:
    """The word behind `keep your thumbs from ...`, `keep the oil away from ...`; 0 where it says no such thing."""
    for at in range(number + 2, min(number + 6, len(said) - 1)):
        if said[at].text in STOPS or said[at].text in ("and", "on", "over"):
            return 0
        if said[at].text in ("away", "off") or (said[at].text == "from" and said[at + 1].text.endswith("ing")):
            return at + 1
    return 0


def _end(text: str, inverter: Sense) -> int:
    """Where the reach of an inverter ends: at its clause's end, or where a new order begins."""
    said = words(text)
    end = _next_cut(text, inverter.end)
    first = said[inverter.start].text
    ordering = inverter.meaning == "verbs" or first in ("instead", "rather", "without", "no")
    for number in range(inverter.end + 1, end):
        if (
            said[number].text == ","
            and (_turns(text, number + 1) or _opens(said, number))
            and not _listing(said, inverter.end, number)
        ):
            return number
        if ordering and said[number].text in ("and", "then") and _is_order(said, number + 1):
            return number
    return end


def _turns(text: str, number: int) -> bool:
    """Whether another inverter stands here: "no cracking, no pulling"."""
    return any(sense.start == number for sense in of(text, "turns", "verbs"))


def _opens(said: tuple[Word, ...], comma: int) -> bool:
    """Whether a new order, or a new subject, begins behind this comma."""
    number = comma + 1
    if _closes_aside(said, comma):
        return False
    if number < len(said) and said[number].text in ("or", "nor"):
        return False
    while number < len(said) and (said[number].text in LEADING or said[number].text.endswith("ly")):
        number += 1
    return _is_order(said, number) or (number + 1 < len(said) and said[number].text in _SUBJECTS)


def _closes_aside(said: tuple[Word, ...], comma: int) -> bool:
    """Whether this comma ends what was put in behind an inverter: "do not, whatever happens, press"."""
    earlier = [number for number in range(1, comma) if said[number].text == ","]
    return bool(earlier) and said[earlier[-1] - 1].text in ("not", "never")


def _is_order(said: tuple[Word, ...], number: int) -> bool:
    return number < len(said) and said[number].text in VERBS


def _listing(said: tuple[Word, ...], start: int, comma: int) -> bool:
    """Whether the comma parts verbs of one list: "do not press, rub or knead the spine"."""
    return comma == start + 1 and any(word.text in ("or", "and") for word in said[comma : comma + 4])


def _next_cut(text: str, index: int, *, commas: bool = False) -> int:
    said = words(text)
    ends = [cut for cut in cuts(text) if cut >= index]
    if commas:
        ends += [number for number in range(index, len(said)) if said[number].text == ","]
    return min(ends, default=len(said))


@lru_cache(maxsize=4096)
def cuts(text: str) -> tuple[int, ...]:
    """Where a new clause begins: at strong marks, at words such as *but* and *until*, and at a new order behind a comma."""
    said = words(text)
    found = {number for number, word in enumerate(said) if word.text in STOPS or (word.text in "–" and number)}
    found |= {sense.start for sense in of(text, "breaks") if _parts(text, sense)}
    found |= {number for number, word in enumerate(said) if word.text == "," and number and _breaks_at(said, number)}
    return tuple(sorted(found))


def _parts(text: str, sense: Sense) -> bool:
    """Whether this word begins a clause: no part of "instead of", and no *then* before a mere place."""
    said = words(text)
    inside = any(one.start <= sense.start and sense.end <= one.end for one in of(text, "turns", "safe"))
    following = said[sense.end].text if sense.end < len(said) else ""
    if inside or (said[sense.start].text == "because" and following == "of"):
        return False
    return said[sense.start].text not in ("then", "so") or _opens(said, sense.start)


def _breaks_at(said: tuple[Word, ...], comma: int) -> bool:
    """Whether behind this comma another order begins that is no part of a list of verbs."""
    listed = said[comma - 1].text in VERBS and said[comma - 2].text not in _MODALS
    return _opens(said, comma) and not listed and not _fronted(said, comma)


def _fronted(said: tuple[Word, ...], comma: int) -> bool:
    """`on the spine, press`: a mere place stands before the comma."""
    start = max((number + 1 for number in range(comma) if said[number].text in STOPS), default=0)
    place = said[start:comma]
    return len(place) < 6 and begins(said, start) in _ONTO and not any(word.text in VERBS for word in place)


def begins(said: tuple[Word, ...], start: int) -> str:
    """The word a clause begins with, without *directly*, *now* and their like."""
    return next((word.text for word in said[start:] if not word.text.endswith("ly") and word.text not in LEADING), "")

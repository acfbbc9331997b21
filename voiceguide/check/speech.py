"""Rules about the voice: how much, how fast, how long without a rest, how long not at all. R12 to R16, R23 and R34."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from voiceguide.audio import RATE
from voiceguide.check.clauses import asserted, clause_of
from voiceguide.check.limits import Limits
from voiceguide.check.routine import Plan, Routine
from voiceguide.check.rule import Finding
from voiceguide.check.wording import Sense, says, words
from voiceguide.plan.timeline import Cue
from voiceguide.script.model import Place

_REST = 2 * RATE
_GAP = 11 * RATE // 10
_ENOUGH_WORDS = 25
_SAME = 5
_LEAST = 4
_BEFORE_A_NOUN = frozenset(["a", "any", "this", "short", "of", "no", "advance", "makes", "make", "common"])
_PLANNERS = ("prompt", "countdown", "change")


def long_cues(routine: Routine, limits: Limits) -> Iterator[Finding]:
    """R12: a paragraph or a sentence that is too long to follow with busy hands."""
    for line in routine.lines:
        count = len(line.text.split())
        if count > limits["longest sentence"]:
            yield Finding(line.at, f"this sentence has {count} words")
    for plan in routine.plans:
        for run in _paragraphs(routine, plan):
            seconds = (run[-1].end - run[0].start) / RATE
            count = sum(len(cue.text.split()) for cue in run)
            if seconds > limits["longest cue"] or count > limits["longest paragraph"]:
                grave = seconds > limits["far too long a cue"]
                words = f"{count} words are spoken in one go, for {seconds:.0f} s"
                yield Finding(_place(routine, run[0]), words, "error" if grave else None)


def _paragraphs(routine: Routine, plan: Plan) -> Iterator[list[Cue]]:
    opening = {(line.text, line.at.line) for line in routine.lines if line.opens}
    for run in _runs(plan.voice):
        part: list[Cue] = []
        for cue in run:
            if part and (cue.text, cue.line) in opening:
                yield part
                part = []
            part.append(cue)
        yield part


def _runs(voice: Sequence[Cue]) -> Iterator[list[Cue]]:
    """Cues with less than two seconds between them."""
    run: list[Cue] = []
    for cue in voice:
        if run and cue.start - run[-1].end >= _REST:
            yield run
            run = []
        run.append(cue)
    if run:
        yield run


def long_runs(routine: Routine, limits: Limits) -> Iterator[Finding]:
    """R13: speech without a pause of two seconds."""
    for plan in routine.plans:
        for run in _runs(plan.voice):
            seconds = (run[-1].end - run[0].start) / RATE
            if seconds > limits["longest run"]:
                yield Finding(_place(routine, run[0]), f"the voice goes on for {seconds:.0f} s without a rest")


def silences(routine: Routine, limits: Limits) -> Iterator[Finding]:
    """R14: silence so long that a listener asks whether it has stopped."""
    for plan in routine.plans:
        closed = next((cue.start for cue in plan.voice if asserted(cue.text, "eyes closed")), plan.timeline.length)
        heard = [cue for cue in plan.timeline.cues if cue.track in ("voice", "breath", "signal")]
        last, after = 0, None
        for cue in [*heard, None]:
            start = cue.start if cue else plan.timeline.length
            most = limits["longest silence, eyes closed" if last >= closed else "longest silence"]
            if (start - last) / RATE > most + 0.5 and not _quiet_on_purpose(plan):
                at = _place(routine, after) if after else routine.title
                yield Finding(at, f"nothing is heard for {(start - last) / RATE:.0f} s after this")
            if cue and cue.end >= last:
                last, after = cue.end, cue if cue.track == "voice" else after


def _quiet_on_purpose(plan: Plan) -> bool:
    return any("quiet" in passage.tags.technique for passage in plan.passages)


def rates(routine: Routine, limits: Limits) -> Iterator[Finding]:
    """R15: words a minute: as asked for, and of what is said, gaps included."""
    for pace, at in [(routine.front.pace, routine.title), *((line.pace, line.at) for line in routine.lines)]:
        if pace and not limits["slowest"] <= pace <= limits["fastest"]:
            grave = pace > limits["far too fast"]
            yield Finding(at, f"{pace:g} words a minute are asked for", "error" if grave else None)
    for plan in routine.plans:
        every = [(routine.title, "the voice", list(plan.voice))]
        every += [
            (p.section.at, f"in “{p.section.title}” the voice", [cue for cue in p.cues if cue.track == "voice"])
            for p in plan.passages
        ]
        for at, who, cues in every:
            said = [cue for cue in cues if cue.kind not in _PLANNERS]
            if rate := _rate(said):
                if rate > limits["fastest"]:
                    grave = rate > limits["far too fast"]
                    yield Finding(at, f"{who} speaks {rate:.0f} words a minute", "error" if grave else None)
                elif rate < limits["slowest"] and at == routine.title:
                    yield Finding(at, f"{who} speaks {rate:.0f} words a minute")


def _rate(cues: Sequence[Cue]) -> float:
    words = sum(len(cue.text.split()) for cue in cues)
    spoken = sum(cue.end - cue.start + _GAP for cue in cues)
    return words / (spoken / RATE / 60) if words >= _ENOUGH_WORDS and spoken else 0.0


def density(routine: Routine, limits: Limits) -> Iterator[Finding]:
    """R16: so many words that there is no time to feel anything."""
    rest = routine.front.audience == "rest"
    for plan in routine.plans:
        words = sum(len(cue.text.split()) for cue in plan.voice)
        rate = words / (plan.seconds / 60)
        if words > 60 and rate > limits["densest rest" if rest else "densest"]:
            yield Finding(routine.title, f"{words} words in {plan.seconds / 60:.1f} minutes are {rate:.0f} a minute")


def answers(routine: Routine, limits: Limits) -> Iterator[Finding]:
    """R23: a question, or something to notice, and no time for it."""
    for plan in routine.plans:
        for cue, following in zip_longest(plan.voice, plan.voice[1:]):
            quiet = ((following.start if following else plan.timeline.length) - cue.end) / RATE
            asks = cue.kind == "question" or cue.text.rstrip("\"”' ").endswith("?")
            if asks and quiet < limits["time to answer"]:
                yield Finding(_place(routine, cue), f"there are {quiet:.1f} s to answer")
            elif _to_notice(cue.text) and quiet < limits["time to notice"]:
                yield Finding(_place(routine, cue), f"there are {quiet:.1f} s to notice it")


def _to_notice(text: str) -> bool:
    """An order or an invitation to notice something: no "as you notice", and no "before you notice"."""
    for sense in asserted(text, "noticing"):
        start, _ = clause_of(text, sense)
        before = words(text)[start : sense.start]
        gone = words(text)[sense.start].text.endswith("ed")
        settled = gone or _is_noun(text, sense) or "as" in {word.text for word in before} or says(text, "settled notice")
        if not settled:
            return True
    return False


def _is_noun(text: str, sense: Sense) -> bool:
    """`at short notice`, `it makes sense`, `a sense of`."""
    before, after = ([word.text for word in words(text)[at : at + 1]] for at in (sense.start - 1, sense.end))
    of_sense = words(text)[sense.start].text == "sense" and after in (["and"], ["of"], ["to"])
    return of_sense or (sense.start > 0 and before[0] in _BEFORE_A_NOUN)


def repeats(routine: Routine, limits: Limits) -> Iterator[Finding]:
    """R34: the same words for the third time in five minutes."""
    for plan in routine.plans:
        heard: dict[str, list[int]] = {}
        told: set[str] = set()
        for cue in plan.voice:
            if cue.kind in _PLANNERS or cue.kind == "halfway":
                continue
            for wording in _wordings(cue.text):
                times = heard.setdefault(wording, [])
                times.append(cue.start)
                if (
                    len(times) >= 3
                    and times[-1] - times[-3] <= limits["same words"] * RATE
                    and not told & set(_wordings(cue.text))
                ):
                    told.update(_wordings(cue.text))
                    yield Finding(
                        _place(routine, cue), f"“{wording}” is heard three times within {limits['same words'] / 60:g} minutes"
                    )


def _wordings(text: str) -> list[str]:
    """The whole sentence, and every five words in a row of it."""
    said = "".join(sign for sign in text.lower() if sign.isalnum() or sign in " '").split()
    runs = {" ".join(said[n : n + _SAME]) for n in range(len(said) - _SAME + 1)} | {" ".join(said)}
    return [] if len(said) < _LEAST else sorted(runs, key=lambda run: (-len(run), run))


def _place(routine: Routine, cue: Cue) -> Place:
    return routine.places.get((cue.text, cue.line), routine.title)

from dataclasses import replace

from plan_kit import AT, MANNER, say

from voiceguide.plan.sheet import Sheet
from voiceguide.plan.timeline import Bed, Breath
from voiceguide.script.model import Place, Recording


def sheet() -> Sheet:
    return Sheet(MANNER, Bed(0, 0, "rain"))


def test_lines_come_back_in_order_and_tones_are_not_lines() -> None:
    page = sheet()
    page.say(say("Second."), 2000, "instruction")
    page.say(say("First."), 1000, "instruction")
    page.breath(Breath("in"), 0, 500, AT)
    assert [line.text for line in page.speech()] == ["First.", "Second."]


def test_saying_and_playing_tell_where_they_end() -> None:
    page = sheet()
    assert page.say(say("Rest."), 100, "instruction") == 100 + MANNER.speech(say("Rest."))
    assert page.play(Recording("mine.flac", AT), 0) == MANNER.lengths.recording(Recording("mine.flac", AT))


def test_cues_carry_track_section_and_line() -> None:
    page = sheet()
    page.signal("bowl", 900, "bell", AT)
    page.say(say("Rest.", 7), 100, "instruction")
    spoken, bell = page.cues("Finish", 4)
    assert (spoken.track, spoken.section, spoken.line) == ("voice", 4, 7)
    assert (bell.track, bell.end - bell.start) == ("signal", MANNER.lengths.signal("bowl"))


def test_notes_say_where() -> None:
    page = sheet()
    page.note(AT, "no room here")
    assert page.notes == ["kit.md:1: no room here"]


def test_names_do_not_depend_on_the_folder_a_routine_lies_in() -> None:
    def name(file: str) -> str:
        page = sheet()
        page.say(replace(say("Rest."), at=Place(file, 3)), 100, "instruction")
        return page.cues("Finish", 0)[0].id

    assert name("a/own.md") == name("/b/own.md") != name("other.md")

from live_kit import growing

from voiceguide.audio import RATE
from voiceguide.live import bookmark
from voiceguide.live.commands import Finished
from voiceguide.live.keeper import Keeper
from voiceguide.live.state import Transport
from voiceguide.live.view import Status

WHOLE = growing()[-1]


def at(seconds: float, clock: float | None = None) -> Transport:
    return Transport(WHOLE, int(seconds * RATE), int((seconds if clock is None else clock) * RATE))


def test_the_place_is_kept_every_five_seconds_of_sound(own_home):
    keeper = Keeper("kit", "seal", {"length": 5}, print)
    keeper.show(at(3), Status())
    assert not bookmark.path().exists()
    keeper.show(at(5), Status())
    first = bookmark.read()
    keeper.show(at(9), Status())
    assert bookmark.read() == first
    keeper.show(at(10), Status())
    assert (bookmark.read().position, bookmark.read().options) == (10 * RATE, {"length": 5})


def test_the_last_place_is_kept_at_the_end_and_a_complete_session_leaves_none(own_home):
    keeper = Keeper("kit", "seal", {}, print)
    keeper.show(at(7), Status())
    keeper.show(at(8), Status())
    assert keeper.close() == 8 * RATE
    assert bookmark.read().position == 8 * RATE
    keeper.event(Finished(complete=True), at(300))
    assert keeper.close() is None
    assert not bookmark.path().exists()


def test_a_session_that_never_began_leaves_another_one_s_place_alone(own_home):
    Keeper("kit", "other", {}, print).show(at(20), Status())
    keeper = Keeper("kit", "seal", {}, print)
    keeper.show(at(0), Status())
    assert keeper.close() is None
    assert bookmark.read().session == "other"


def test_a_folder_that_cannot_be_written_is_told_once(own_home):
    bookmark.path().parent.parent.mkdir(parents=True, exist_ok=True)
    bookmark.path().parent.write_text("in the way")
    told: list[str] = []
    keeper = Keeper("kit", "seal", {}, told.append)
    keeper.show(at(5), Status())
    keeper.show(at(10), Status())
    assert told
    assert all("cannot be kept" in words for words in told)

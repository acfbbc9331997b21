import check_kit
import pytest


@pytest.mark.slow
@pytest.mark.parametrize(("rule", "fires", "text"), check_kit.of_rules("R05", "R06", "R07", "R08", "R09", "R25"))
def test_it_speaks_up_where_it_must_and_only_there(rule, fires, text):
    assert (rule in check_kit.rules_at(text)) == fires


def test_a_note_is_never_read():
    assert "R05" not in check_kit.rules_at(check_kit.whole("> Press firmly on the spine.\n\nRest your hands."))


def test_a_reminder_and_a_check_in_are_read():
    for text in ('[hold 1m, remind every 30s "Press on the spine."]', '[hold 1m, say "Press on the spine." at 20s]'):
        assert "R05" in check_kit.rules_at(check_kit.whole(text))

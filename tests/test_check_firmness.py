import check_kit
import pytest


@pytest.mark.slow
@pytest.mark.parametrize(("rule", "fires", "text"), check_kit.of_rules("R02", "R03", "R04"))
def test_it_speaks_up_where_it_must_and_only_there(rule, fires, text):
    assert (rule in check_kit.rules_at(text)) == fires


def test_a_routine_for_oneself_needs_no_check_in():
    text = "# Ball {pressure 6, area shoulders}\n\nLean in.\n\n[hold 7m]"
    assert "R03" not in check_kit.rules_at(check_kit.whole(text, "self"))

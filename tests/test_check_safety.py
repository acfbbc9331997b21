import check_kit
import pytest


@pytest.mark.slow
@pytest.mark.parametrize(("rule", "fires", "text"), check_kit.of_rules("R19", "R20", "R21", "R22"))
def test_it_speaks_up_where_it_must_and_only_there(rule, fires, text):
    assert (rule in check_kit.rules_at(text)) == fires


def test_an_end_in_the_middle_of_firm_work_has_no_seconds_of_rest():
    text = check_kit.whole("# Firm {pressure 5, area back}\n\nLean in.\n\n[hold 3m]")
    assert "after the last firm work there are 0 s of light touch" in str(check_kit.found(text))

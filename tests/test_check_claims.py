import check_kit
import pytest


@pytest.mark.slow
@pytest.mark.parametrize(("rule", "fires", "text"), check_kit.of_rules("R24", "R26", "R27"))
def test_it_speaks_up_where_it_must_and_only_there(rule, fires, text):
    assert (rule in check_kit.rules_at(text)) == fires

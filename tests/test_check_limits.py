import check_kit

from voiceguide.check.limits import LIMITS, usual

LONG = "Knead your thigh.\n\n[hold 4m]"


def test_every_threshold_is_a_number_with_a_unit_and_the_rule_it_belongs_to():
    assert usual().keys() == LIMITS.keys()
    assert all(limit.value > 0 and limit.unit and "(R" in limit.meaning for limit in LIMITS.values())


def test_a_routine_may_set_its_own():
    assert "R14" in check_kit.rules_at(check_kit.whole(LONG, "self"))
    assert "R14" not in check_kit.rules_at(check_kit.whole(LONG, "self", "check: {longest silence: 300}"))

import check_kit
import pytest

from voiceguide.check.table import RULES, SOURCES


def test_there_are_thirty_four_rules():
    assert list(RULES) == [f"R{number:02}" for number in range(1, 35)]


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_a_rule_speaks_up_at_its_own_example_and_leaves_the_other_alone(rule):
    audience = "self" if "your" in rule.fires.lower().split() or "roller" in rule.fires else "partner"
    assert rule.id in check_kit.rules_at(check_kit.whole(rule.fires, audience))
    assert rule.id not in check_kit.rules_at(check_kit.whole(rule.quiet, audience))


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_a_rule_says_why_and_where_that_comes_from(rule):
    assert rule.reason
    assert rule.fix
    assert rule.severity in ("error", "warning", "hint")
    assert set(rule.sources) <= set(SOURCES)


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_has_three_texts_of_each_kind_that_were_written_before_it(rule):
    kinds = [fires for name, fires, _ in check_kit.cases("hands", "words", "time") if name == rule]
    assert kinds.count(True) >= 3
    assert kinds.count(False) >= 3

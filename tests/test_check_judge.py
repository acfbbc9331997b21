import check_kit

from voiceguide.check.judge import edits, judge

PRESS = "Press on the spine."


def severity(front: str) -> list[str]:
    found = check_kit.found(check_kit.whole(PRESS, front=front))
    return [problem.severity for problem in found if problem.rule == "R05"]


def test_a_rule_can_be_switched_off_or_made_lighter_in_a_routine():
    assert severity("") == ["error"]
    assert severity("check: {R05: off}") == []
    assert severity("check: {R05: hint}") == ["hint"]


def test_what_does_not_exist_cannot_be_set():
    told = [str(problem) for problem in check_kit.found(check_kit.whole(PRESS, front="check: {longest silense: 9}"))]
    assert any("longest silence" in text and "silense" in text for text in told)
    assert any("R99" in str(problem) for problem in check_kit.found(check_kit.whole(PRESS, front="check: {R99: off}")))


def test_problems_are_in_reading_order_and_each_place_once():
    found = judge(check_kit.seen(f"{PRESS} {PRESS}\n\nTwist the neck."))
    assert list(found) == sorted(found)
    assert len({(one.rule, one.line, one.column) for one in found}) == len(found)


def test_only_what_is_safe_has_an_edit():
    assert edits(check_kit.seen(PRESS)) == ()

import check_kit

BODY = """# A {pressure 3, area back}

First. [pause 2s]

## B {technique hold, each side}

Their {side}.

[hold 30s, remind every 25s "Slow."]

# C

End."""


def test_lines_stand_under_the_tags_of_all_their_headings():
    lines = {line.text: line for line in check_kit.seen(BODY).lines}
    assert set(lines) == {"First.", "Their left.", "Their right.", "Slow.", "End."}
    inner = lines["Their left."].tags
    assert (inner.pressure, inner.area, inner.technique) == ((3, 3), "back", "hold")
    assert lines["End."].tags.pressure is None
    assert lines["Slow."].before == "Their left."


def test_passages_follow_each_other_without_a_gap_inside_a_chapter():
    plan = check_kit.seen(BODY).plans[0]
    assert [passage.section.title for passage in plan.passages] == ["A", "B", "C"]
    assert all(one.end <= other.start for one, other in zip(plan.passages, plan.passages[1:], strict=False))
    assert sum(len(passage.holds) for passage in plan.passages) == 2


def test_every_position_and_length_is_planned():
    front = "position: [prone, seated]\nminutes: {least: 2, ideal: 3, most: 4}"
    plans = check_kit.seen("# A\n\nRest.\n\n[hold 10s-10m]", front=front).plans
    assert [(plan.position, round(plan.seconds)) for plan in plans] == [
        ("prone", 180),
        ("prone", 120),
        ("prone", 240),
        ("seated", 180),
    ]

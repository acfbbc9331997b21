import check_kit
import pytest

from voiceguide.check.care import head_turns
from voiceguide.check.limits import usual


@pytest.mark.parametrize(("rule", "fires", "text"), check_kit.of_rules("R28", "R29"))
def test_it_speaks_up_where_it_must_and_only_there(rule, fires, text):
    assert (rule in check_kit.rules_at(text)) == fires


def test_a_turn_of_the_head_is_put_before_the_chapter_next_to_the_middle():
    chapters = "\n\n".join(f"# Part {n} {{pressure 3}}\n\nGlide.\n\n[hold 3m]" for n in range(4))
    (finding,) = head_turns(check_kit.seen(chapters, front="position: [prone]"), usual())
    assert finding.edit.put.startswith("# Turn the head")
    assert finding.edit.line == 19

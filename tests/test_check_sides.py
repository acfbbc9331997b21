import check_kit
import pytest

from voiceguide.check.limits import usual
from voiceguide.check.rule import Edit
from voiceguide.check.sides import balance


@pytest.mark.slow
@pytest.mark.parametrize(("rule", "fires", "text"), check_kit.of_rules("R01", "R17", "R18"))
def test_it_speaks_up_where_it_must_and_only_there(rule, fires, text):
    assert (rule in check_kit.rules_at(text)) == fires


def test_the_shorter_side_can_be_mended():
    text = "# Left arm\n\nSqueeze their left arm.\n\n[hold 1m]\n\n# Right arm\n\nSqueeze their right arm.\n\n[hold 40s]"
    (edit,) = [finding.edit for finding in balance(check_kit.seen(text), usual())]
    assert edit == Edit(edit.line, r"(?<=\[hold )[^\],]+", "60s")

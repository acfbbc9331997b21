from voiceguide.check.rule import Edit, Finding
from voiceguide.script.model import Place


def test_a_finding_is_as_grave_as_its_rule_unless_it_says_so():
    finding = Finding(Place("a.md", 1), "something")
    assert (finding.severity, finding.edit) == (None, None)
    assert Finding(Place("a.md", 1), "something", "hint", Edit(1, "", "x\n")).edit == Edit(1, "", "x\n")

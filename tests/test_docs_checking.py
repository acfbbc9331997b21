"""docs/checking.md against the table, word for word."""

from pathlib import Path

import pytest

from voiceguide.check.limits import LIMITS
from voiceguide.check.sound import SOUND_RULES
from voiceguide.check.table import RULES, SOURCES

PAGE = (Path(__file__).parent.parent / "docs" / "checking.md").read_text(encoding="utf-8")


def indented(text: str) -> str:
    return "\n".join(f"    {line}" if line else "" for line in text.splitlines())


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_a_rule_is_documented_as_the_table_has_it(rule):
    part = PAGE.partition(f"\n### {rule.id}: {rule.looks_for}\n\n")[2].partition("\n##")[0]
    assert part.startswith(f"{rule.severity.capitalize()}, because {rule.reason}. Try: {rule.fix}.\n")
    assert f"\nSources: {'; '.join(SOURCES[number] for number in rule.sources)}.\n" in part
    assert f"It speaks up at\n\n{indented(rule.fires)}\n\nand leaves alone\n\n{indented(rule.quiet)}\n" in part


@pytest.mark.parametrize("name", LIMITS)
def test_a_threshold_is_documented_as_the_table_has_it(name):
    limit = LIMITS[name]
    assert f"| `{name}` | {limit.value:g} | {limit.unit} | {limit.meaning} |" in PAGE.splitlines()


@pytest.mark.parametrize("number", SOUND_RULES)
def test_a_rule_about_sound_is_documented_as_the_table_has_it(number):
    rule = SOUND_RULES[number]
    assert f"| {number} | {rule.looks_for} | {rule.reason} | {rule.fix} |" in PAGE.splitlines()

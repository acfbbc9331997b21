from voiceguide.cli.problems import as_data, sentence
from voiceguide.errors import Problem

WHOLE = Problem("a.md", 3, 5, "there is no direction 'huold'", "it would be silent", "did you mean 'hold'?")
BARE = Problem("a.md", 1, 1, "the title is missing")


def test_a_sentence_as_compilers_write_it():
    assert sentence(WHOLE) == "a.md:3:5: error: there is no direction 'huold'; it would be silent; did you mean 'hold'?"
    assert sentence(BARE) == "a.md:1:1: error: the title is missing"


def test_a_recipe_s_mistake_reads_as_a_routine_s():
    wrong = Problem("r.toml", 1, 1, "'title' is missing", "name for people", "add `title = ...`", "recipe")
    assert sentence(wrong) == "r.toml:1:1: error: 'title' is missing; name for people; add `title = ...`"


def test_data_for_programs():
    assert as_data(WHOLE) == {
        "file": "a.md",
        "line": 3,
        "column": 5,
        "rule": "script",
        "severity": "error",
        "message": "there is no direction 'huold'; it would be silent",
        "fix": "did you mean 'hold'?",
    }
    assert as_data(BARE)["fix"] == ""


def test_a_rule_of_the_check_names_itself_and_its_severity():
    rule = Problem("a.md", 3, 5, "it presses on bone", "bone has no padding", "move beside it", "R05", "warning")
    assert sentence(rule) == "a.md:3:5: R05 warning: it presses on bone, because bone has no padding; try: move beside it"
    assert as_data(rule)["severity"] == "warning"

"""`expand`: other routines brought in, from a lookup that is only a dictionary here."""

import time

import pytest

from voiceguide.errors import ScriptErrors
from voiceguide.library import Source
from voiceguide.script.includes import expand
from voiceguide.script.model import Include, Only, Say, Section
from voiceguide.script.parser import parse
from voiceguide.script.unfold import unfold


def routine(body, front=""):
    return f"---\ntitle: A\n{front}\n---\n{body}"


def finder(**texts):
    asked = []

    def find(name, including):
        asked.append((name, including))
        return Source(texts[name], f"{name}.md") if name in texts else None

    find.asked = asked
    return find


def expanded(body, front="", **texts):
    return expand(parse(routine(body, front), "host.md"), finder(**texts))


def heard(script, values=None):
    def told(nodes):
        for node in nodes:
            yield from told(node.body) if isinstance(node, Section) else [node.text] if isinstance(node, Say) else []

    return list(told(unfold(script, values or {}, 10)))


def refused(body, front="", **texts):
    with pytest.raises(ScriptErrors) as caught:
        expanded(body, front, **texts)
    return [(problem.file, problem.line, problem.message) for problem in caught.value.problems]


def test_sections_become_steps_where_they_are_asked_for():
    script = expanded(
        "# One\n\nBefore. [include guest] After.\n\n# Two\n\nEnd.", guest=routine("Hi.\n\n# Room\n\nWarm.\n\n## Bed\n\nSoft.")
    )
    assert [section.title for section in script.sections] == ["One", "Two"]
    body = script.sections[0].body
    assert [(node.title, node.level) if isinstance(node, Section) else node.text for node in body] == [
        "Before.",
        ("A", 2),
        ("Room", 2),
        "After.",
    ]
    assert body[1].at.file == body[1].body[0].at.file == "guest.md"
    assert heard(script) == ["Before.", "Hi.", "Warm.", "Soft.", "After.", "End."]


def test_includes_of_includes_know_who_asks():
    find = finder(a=routine("[include b]"), b=routine("Deep."))
    script = expand(parse(routine("[include a]"), "host.md"), find)
    assert find.asked == [("a", "host.md"), ("b", "a.md")]
    assert heard(script) == ["Deep."]


def test_the_same_guest_twice_and_in_a_paragraph_for_one_round():
    script = expanded("# A {repeat 2}\n\n[first] [include g]\n\nOn. [include g]", g=routine("Hi."))
    assert isinstance(script.sections[0].body[0], Only)
    assert heard(script) == ["Hi.", "On.", "Hi.", "On.", "Hi."]


GUEST = routine("Hi {name}, {oil}.", "variables: {name: friend, oil: {default: oil, choices: [oil, lotion]}}")


@pytest.mark.parametrize(
    ("include", "front", "values", "words"),
    [
        ("g", "", {}, "Hi friend, oil."),
        ("g, name = Sam, oil = lotion", "", {}, "Hi Sam, lotion."),
        ("g", "variables: {name: Kim}", {}, "Hi Kim, oil."),
        ("g, name = Sam", "variables: {name: Kim}", {}, "Hi Sam, oil."),
        ("g, name = {who}", "variables: {who: Kim}", {}, "Hi Kim, oil."),
        ("g, name = {receiver}", "", {"receiver": "Lu"}, "Hi Lu, oil."),
        ("g", "", {"name": "Pat", "oil": "lotion"}, "Hi Pat, lotion."),
    ],
)
def test_blanks_of_a_guest(include, front, values, words):
    assert heard(expanded(f"[include {include}]", front, g=GUEST), values) == [words]


def test_giver_and_receiver_can_change_places_in_steps_too():
    guest = routine("# A\n\n{giver} gives.\n\n## B\n\n{receiver} rests.")
    script = expanded("[include g] [include g, giver = {receiver}, receiver = {giver}]", g=guest)
    assert heard(script, {"giver": "Ann", "receiver": "Bo"}) == ["Ann gives.", "Bo rests.", "Bo gives.", "Ann rests."]


@pytest.mark.parametrize(("oil", "words"), [("lotion", ["Shake it."]), ("oil", ["Warm it."]), ("{mine}", ["Shake it."])])
def test_parameters_settle_the_conditions_of_a_guest(oil, words):
    guest = routine("# A {when oil = lotion}\n\nShake it.\n\n# B {when oil != lotion}\n\nWarm it.", "variables: {oil: oil}")
    assert heard(expanded(f"[include g, oil = {oil}]", "variables: {mine: lotion}", g=guest)) == words


def test_what_a_guest_needs_is_needed():
    guest = routine(
        "Hi.",
        "needs: [a towel, a chair]\ncautions: fever\nposition: [seated]\nsay: {oil: oyl, qi: chee}\nvariables: {a: x, b: y}",
    )
    front = expanded("[include g, a = 1]", "needs: [a chair]\nsay: {oil: oil}\nvariables: {c: z}", g=guest).front
    assert (front.needs, front.cautions, front.position) == (("a chair", "a towel"), ("fever",), ("seated",))
    assert dict(front.say) == {"oil": "oil", "qi": "chee"}
    assert [variable.name for variable in front.variables] == ["c", "b"]


@pytest.mark.parametrize(
    ("body", "texts", "found"),
    [
        ("Hi.\n\n[include nobody]", {}, [("host.md", 7, "there is no routine 'nobody' to include")]),
        ("[include a]", {"a": routine("[include a]")}, [("a.md", 5, "a includes itself")]),
        ("[include a]", {"a": routine("[include b]"), "b": routine("Hi. [include a]")}, [("b.md", 5, "a includes itself")]),
        ("[include g, nmae = x]", {"g": GUEST}, [("host.md", 5, "there is no variable in g, 'nmae'")]),
        ("[include g, oil = butter]", {"g": GUEST}, [("host.md", 5, "there is no choice of oil 'butter'")]),
        (
            "[include a] [include b] [include b]",
            {"a": routine("[bel]\n\n[puase]"), "b": "no front matter"},
            [
                ("a.md", 5, "there is no direction 'bel'"),
                ("a.md", 7, "there is no direction 'puase'"),
                ("b.md", 1, "the script has no front matter"),
            ],
        ),
        (
            "[include a]",
            {chr(97 + n): routine(f"[include {chr(98 + n)}]") for n in range(9)},
            [("e.md", 5, "too many includes")],
        ),
    ],
)
def test_what_is_refused_and_where(body, texts, found):
    assert refused(body, **texts) == found


BOMBS = {
    "wide and deep": {name: routine(f"[include {after}] " * 20) for name, after in zip("abcd", "bcde", strict=True)}
    | {"e": routine("Hi.")},
    "many cues": {"a": routine("[include b] " * 20), "b": routine("Go. " * 400)},
    "many words": {"a": routine("[include b] " * 150), "b": routine("# A {repeat 100}\n\nHi.")},
}


@pytest.mark.parametrize("texts", BOMBS.values(), ids=BOMBS)
def test_bombs_are_found_before_they_grow(texts):
    refused("[include nobody]")
    begun = time.process_time()
    assert any(
        "too many includes" in message or "more than 5000 cues" in message for _, _, message in refused("[include a]", **texts)
    )
    assert time.process_time() - begun < 0.5


def test_nothing_to_include_changes_nothing():
    script = parse(routine("# A\n\nHi."), "host.md")
    assert expand(script, finder()) == script
    assert not any(isinstance(node, Include) for section in script.sections for node in section.body)


def test_parameters_settle_paragraphs_and_pronouns():
    guest = routine(
        "# B\n\n[when oil = none] Shirt.\n\n[when oil != none] Oil for {them}.\n\n[when tool = ball] Ball.",
        "variables: {oil: {choices: [none, almond]}, tool: {default: ball}}",
    )
    script = expanded("[include guest, oil = none]\n\n[include guest, oil = almond, pronouns = she]", guest=guest)
    assert heard(script) == ["Shirt.", "Ball.", "Oil for her.", "Ball."]
    assert heard(script, {"tool": "hands", "pronouns": "he"}) == ["Shirt.", "Oil for her."]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("pronouns = {receiver}", "there is no choice of pronouns '{receiver}'"),
        ("oil ml = 30", "oil ml holds for the whole session"),
    ],
)
def test_parameters_that_cannot_be(given, message):
    guest = routine("# B\n\nHi.", "variables: {oil ml: 15, oil percent: 1}")
    assert refused(f"[include guest, {given}]", guest=guest) == [("host.md", 5, message)]


def test_the_voices_of_all_scripts_are_known_with_their_places():
    script = expanded("[voice emma]\n\nHi. [voice emma] Ho. [voice fable]\n\n[include a]", a=routine("[voice kore] Hum."))
    places = [(voice, at.file, at.line, at.column) for voice, at in script.voices]
    assert places == [("emma", "host.md", 5, 1), ("fable", "host.md", 7, 22), ("kore", "a.md", 5, 1)]

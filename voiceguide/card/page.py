"""A card as one HTML file: no scripts, no network, nothing from outside; one sheet of A4 when it is printed.

A routine may come from anywhere, so every word of it is escaped, and the page's own policy forbids all but its own style.
"""

import hashlib
from base64 import b64encode
from collections.abc import Iterable, Iterator
from importlib.resources import files

from voiceguide.audio import RATE, clock
from voiceguide.card.content import Content, Line, Row
from voiceguide.card.fit import details, layout
from voiceguide.cleantext import xml

AUDIENCE = {"partner": "for two: one gives, one receives", "self": "for one", "rest": "to rest"}
ROLES = {"giver": "to the one who gives", "receiver": "to the one who receives", "both": "to both"}
SCALE = 10


def page(content: Content, *, transcript: bool = False) -> str:
    """The card, UTF-8. Every word that is spoken is on it too, folded away; with `transcript` it is open, and printed from a
    second sheet on."""
    fitted = layout(content)
    body = (f'<body class="{fitted.rows}">', *_card(content), *_words(content, transcript), "</body>", "</html>", "")
    return "\n".join((*_head(content, _style(fitted.points)), *body))


def _style(points: float) -> str:
    text = files("voiceguide.card").joinpath("card.css").read_text(encoding="utf-8")
    return text.replace("SIZE", f"{points:g}")


def _head(content: Content, style: str) -> Iterator[str]:
    digest = b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    yield "<!doctype html>"
    yield f'<html lang="{xml(content.front.language or "en")}">'
    yield '<head><meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield '<meta name="referrer" content="no-referrer">'
    yield f"<title>{xml(content.front.title)}</title>"
    yield f"<style>{style}</style></head>"


def _card(content: Content) -> Iterator[str]:
    front = content.front
    yield f"<main><header><h1>{xml(front.title)}</h1>"
    if front.summary:
        yield f'<p class="summary">{xml(front.summary)}</p>'
    yield f'<ul class="facts">{"".join(f"<li>{fact}</li>" for fact in _facts(content))}</ul></header>'
    yield f'<div class="first">{"".join(_before(content))}</div>'
    yield "<table><thead><tr><th>At</th><th>What</th><th>Pressure</th><th>Lasts</th></tr></thead><tbody>"
    yield from map(_row, content.rows)
    yield f"</tbody></table><footer>{' '.join(_footer(content))}</footer></main>"


def _facts(content: Content) -> Iterator[str]:
    minutes, rest = divmod(content.length, 60 * RATE)
    yield f"<b>{clock(content.length) if rest else minutes}</b> minutes"
    if content.front.audience:
        yield AUDIENCE[content.front.audience]
    if content.position:
        yield xml(content.position)


def _before(content: Content) -> Iterator[str]:
    """What is to be done before it begins."""
    if content.front.needs:
        yield f"<section><h2>Have ready</h2><p>{xml(', '.join(content.front.needs))}</p></section>"
    if content.front.cautions:
        yield f"<section><h2>Ask a doctor first, or leave it</h2><p>{xml(', '.join(content.front.cautions))}</p></section>"


def _row(row: Row) -> str:
    small = xml(" · ".join(details(row)))
    what = f"<div><b>{xml(row.title)}</b>{f'<small>{small}</small>' if small else ''}</div>"
    cells = (("at", clock(row.start)), ("what", what), ("press", _pressure(row)), ("long", clock(row.length)))
    inside = "".join(f'<td class="{name}">{cell}</td>' for name, cell in cells)
    return f'<tr class="{"inner" if row.inner else "part"}">{inside}</tr>'


def _pressure(row: Row) -> str:
    """From and to, in figures and as dots out of ten."""
    if row.pressure is None:
        return ""
    least, most = row.pressure
    figures = f"{least}" if least == most else f"{least}–{most}"
    dots = "".join(_dot(number, least <= number <= most) for number in range(1, SCALE + 1))
    return f'<span>{figures}</span> <svg viewBox="0 0 {SCALE * 10} 10" aria-hidden="true">{dots}</svg>'


def _dot(number: int, on: bool) -> str:
    return f'<circle class="{"on" if on else "off"}" cx="{number * 10 - 5}" cy="5" r="3.6"/>'


def _footer(content: Content) -> Iterator[str]:
    if content.left_out:
        yield f"Left out: {xml(', '.join(content.left_out))}."
    if any(row.pressure for row in content.rows):
        yield "Pressure is from 1 to 10, as the one who receives it feels it."
    yield "Times within are estimates, good to a few seconds."
    made = ", ".join(part for part in (content.front.author, content.front.license) if part)
    if made:
        yield f"{xml(made)}."
    if content.front.reviewed:
        yield f"Reviewed: {xml(content.front.reviewed)}."


def _words(content: Content, printed: bool) -> Iterator[str]:
    yield f'<details class="words{" printed" if printed else ""}"{" open" if printed else ""}>'
    yield "<summary>Every word that is spoken</summary>"
    for row in content.sections:
        if row.words:
            yield f"<h3>{xml(row.title)}</h3>"
            yield from _spoken(row.words)
    yield "</details>"


def _spoken(lines: Iterable[Line]) -> Iterator[str]:
    """Each line at its time; whom it is for is said where that changes."""
    to = "both"
    for line in lines:
        turned = f"<i>({ROLES[line.to]})</i> " if line.to != to else ""
        to = line.to
        yield f"<p><time>{clock(line.start)}</time><span>{turned}{xml(line.text)}</span></p>"

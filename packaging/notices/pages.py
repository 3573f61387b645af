"""The notices as a text and as a page."""

from __future__ import annotations

import hashlib
import html
from collections.abc import Iterator, Sequence

from notices.parts import Part
from notices.policy import ALLOWED, chosen

_RULE = "=" * 80
_STYLE = """
:root { color-scheme: light dark; --line: #8884; --soft: #8881; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: start; padding: .3rem .75rem .3rem 0; border-bottom: 1px solid var(--line);
  vertical-align: top; overflow-wrap: anywhere; }
h2 { margin: 2.5rem 0 .25rem; }
p { margin: .25rem 0 .75rem; }
summary { cursor: pointer; padding: .25rem 0; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; background: var(--soft); padding: 1rem;
  border-radius: 8px; font: 13px/1.45 ui-monospace, monospace; }
"""


def introduction(app: str) -> list[str]:
    """Return the paragraphs at the beginning.

    Args:
        app: Name and version of the app.
    """
    return [
        (
            f"{app} is published under the Apache License 2.0. It is made with the work of many "
            "others, and this file is what they ask to be passed on: who they are, under which "
            "licence their work may be used, where its source code is, and the licences' texts."
        ),
        "Whoever passes the app on passes this file on with it.",
    ]


def conditions(part: Part) -> list[str]:
    """Return which licence of several was chosen, and what asks for more than passing a text on.

    Args:
        part: What is used.
    """
    licences = chosen(part.licence)
    used = [f"Used under {' and '.join(licences)}."] if " OR " in part.licence else []
    return used + [f"{each}: {ALLOWED[each]}." for each in licences if ALLOWED[each]]


def as_text(app: str, parts: Sequence[Part]) -> str:
    """Return the notices as plain text.

    Args:
        app: Name and version of the app.
        parts: In their order.
    """
    lines = ["THIRD-PARTY NOTICES", "", *(line for p in introduction(app) for line in (p, ""))]
    width = max(len(part.name) for part in parts)
    lines += [f"  {part.name:{width}}  {part.version:12}  {part.licence}" for part in parts]
    first = _first_homes(parts)
    for part in parts:
        lines += ["", _RULE, f"{part.name} {part.version}".strip(), part.licence, part.source]
        lines += [text for text in (*conditions(part), part.note) if text]
        for name, text, home in _texts(part, first):
            title = f"--- {name}"
            lines += ["", f"{title} (the same as {home})" if home else title]
            lines += [] if home else ["", text.strip("\n")]
    return "\n".join(line.rstrip() for line in "\n".join(lines).splitlines()) + "\n"


def as_page(app: str, parts: Sequence[Part]) -> str:
    """Return the notices as one HTML page that needs nothing else.

    Args:
        app: Name and version of the app.
        parts: In their order.
    """
    say = html.escape
    rows = "\n".join(
        f'<tr><td><a href="#p{number}">{say(part.name)}</a></td><td>{say(part.version)}</td>'
        f"<td>{say(part.licence)}</td></tr>"
        for number, part in enumerate(parts)
    )
    first = _first_homes(parts)
    sections = []
    for number, part in enumerate(parts):
        title = say(f"{part.name} {part.version}".strip())
        facts = [part.licence, *conditions(part), part.note]
        body = "".join(f"<p>{say(fact)}</p>" for fact in facts if fact)
        body += f"<p>{_linked(part.source)}</p>" if part.source else ""
        for name, text, home in _texts(part, first):
            if home:
                body += f"<p>{say(name)}: the same as {say(home)}</p>"
            else:
                body += f"<details><summary>{say(name)}</summary><pre>{say(text)}</pre></details>"
        sections.append(f'<section><h2 id="p{number}">{title}</h2>{body}</section>')
    opening = "".join(f"<p>{say(paragraph)}</p>" for paragraph in introduction(app))
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Third-party notices of {say(app)}</title><style>{_STYLE}</style></head><body>"
        f"<h1>Third-party notices</h1>{opening}"
        '<table><thead><tr><th scope="col">Part</th><th scope="col">Version</th>'
        f'<th scope="col">Licence</th></tr></thead><tbody>{rows}</tbody></table>\n'
        + "\n".join(sections)
        + "\n</body></html>\n"
    )


def _linked(source: str) -> str:
    if source.startswith("https://") and " " not in source:
        return f'<a href="{html.escape(source)}">{html.escape(source)}</a>'
    return html.escape(source)


def _key(text: str) -> str:
    return hashlib.sha256("".join(text.split()).encode()).hexdigest()


def _first_homes(parts: Sequence[Part]) -> dict[str, tuple[str, str]]:
    """Where each text stands first: key → (part, name). Long ones come a dozen times."""
    homes: dict[str, tuple[str, str]] = {}
    for part in parts:
        for name, text in part.texts.items():
            homes.setdefault(_key(text), (part.name, name))
    return homes


def _texts(part: Part, first: dict[str, tuple[str, str]]) -> Iterator[tuple[str, str, str]]:
    """Name, text, and where it stood already (empty: print it here)."""
    for name, text in part.texts.items():
        owner, title = first[_key(text)]
        yield name, text, "" if (owner, title) == (part.name, name) else f"{owner}, {title}"

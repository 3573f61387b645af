"""A report as one file for a browser: nothing else is needed, and nothing is loaded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from effnet_studio.engine.messages import msg
from effnet_studio.engine.report.charts import PAGE_COLORS, chart_svg
from effnet_studio.engine.report.content import (
    Bar,
    Block,
    Bullets,
    Card,
    Chart,
    Charts,
    KeyFigures,
    Matrix,
    Paragraph,
    Report,
    Sheet,
    Table,
    spoken,
)
from effnet_studio.engine.web_page import escaped, image, page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from effnet_studio.engine.messages import Message
    from effnet_studio.engine.report.content import Cell, Text

    Say = Callable[[Text], str]

_STYLE: Final = """
:root{--first:#0072b2;--second:#d55e00;--third:#009e73;--right:59,91,219;--wrong:213,94,0}
@media(prefers-color-scheme:dark){@media screen{:root{--first:#56b4e9;--second:#f08a3c;
--third:#3fc79a;--right:127,151,255;--wrong:240,138,60}}}
body{max-width:920px;overflow-wrap:break-word}h2{border-top:1px solid var(--line);padding-top:24px}
h3{font-size:15px;margin:20px 0 6px}
nav{display:flex;flex-wrap:wrap;gap:4px 16px;margin:20px 0 4px;font-size:14px}
a{color:var(--bar)}a:focus-visible{outline:2px solid var(--bar);outline-offset:2px}
.keys{display:grid;grid-template-columns:repeat(auto-fit,minmax(160px,1fr));gap:12px;
margin:20px 0}.keys div{background:var(--card);border:1px solid var(--line);border-radius:8px;
padding:12px 16px;break-inside:avoid}.keys dt,.keys small{color:var(--muted);font-size:13px}
.keys dd{margin:0;font-size:24px;font-weight:600}.keys small{display:block;font-weight:400}
.scroll{overflow-x:auto;margin:0 0 14px}caption{text-align:left;font-weight:600;padding:6px 0}
th{font-weight:600}thead th{color:var(--muted);font-size:13px;border-bottom-width:2px;
vertical-align:bottom;white-space:nowrap}tbody th{font-weight:400;
overflow-wrap:break-word;min-width:7em;max-width:20em}.two tbody th{width:17em;color:var(--muted)}
.heard{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);padding:0}
td.text,th.text{text-align:left}.data td{white-space:nowrap}
.data td.text{white-space:normal;overflow-wrap:break-word}.data td.text:last-child{min-width:12em}
td .bar{min-width:110px}.bar s{position:absolute;top:4px;height:4px;background:var(--text);
opacity:.75}.charts{display:grid;gap:20px;margin:16px 0;
grid-template-columns:repeat(auto-fit,minmax(300px,1fr))}.charts figure{margin:0;
break-inside:avoid}svg{width:100%;height:auto;display:block}
details{font-size:13px;color:var(--muted)}summary{cursor:pointer}
.matrix{width:auto}.matrix td,.matrix th{text-align:center;padding:2px;border:1px solid var(--bg);
font-size:13px}.matrix td{min-width:32px;height:32px;background:var(--card)}
.matrix caption{white-space:nowrap}.matrix.many td{min-width:21px;height:22px;padding:0}
.matrix.many td,.matrix.many th{font-size:11px}.few td{min-width:44px;height:36px}
.matrix th[scope=row]{text-align:right;padding-right:8px;max-width:180px;overflow:hidden;
text-overflow:ellipsis;white-space:nowrap}.matrix thead th,.matrix thead td{border:0;
background:none}
.matrix thead span{writing-mode:vertical-rl;transform:rotate(180deg);max-height:130px;
overflow:hidden;text-overflow:ellipsis;white-space:nowrap;color:var(--text);font-weight:400}
.matrix .r,.matrix .w{print-color-adjust:exact;-webkit-print-color-adjust:exact}
.matrix .r{background:rgba(var(--right),calc(.12 + .5*var(--s)))}
.matrix .w{background:rgba(var(--wrong),calc(.15 + .5*var(--s)))}
.errors{grid-template-columns:repeat(auto-fill,minmax(260px,1fr))}
.card span{display:block;font-size:13px;color:var(--muted)}
.keys div,.card,.bar{print-color-adjust:exact;-webkit-print-color-adjust:exact}
@media(max-width:560px){body{padding:20px 14px}h1{font-size:22px}.keys{gap:8px;
grid-template-columns:1fr 1fr}.keys dd{font-size:20px}td,th{padding:5px 6px}}
@media print{nav,details{display:none}thead{display:table-header-group}
.matrix.many td{min-width:15px;height:15px}.matrix.many td,.matrix.many th{font-size:8px}
.matrix.many th[scope=row]{max-width:100px}.matrix{break-inside:avoid}
.charts{grid-template-columns:1fr 1fr}.keys{grid-template-columns:repeat(4,1fr)}
.errors{grid-template-columns:repeat(3,1fr)}.scroll{overflow:visible}caption,h3{break-after:avoid}}
"""

_FEW: Final = 12
_MANY: Final = 20
"""Classes up to which there is room for larger cells, and beyond which only small ones fit."""


def report_html(
    report: Report, *, words: Callable[[Message], str] = str, language: str = "en"
) -> str:
    """Lay a report out for a browser.

    It has no scripts, follows light and dark, prints, and can be read on a telephone.

    Args:
        report: What it says.
        words: Says messages in the reader's language.
        language: Which that is, such as ``"zh_CN"``.

    Returns:
        The whole file.
    """

    def say(text: Text) -> str:
        return escaped(spoken(text, words))

    body = [f"<header><h1>{say(report.title)}</h1>"]
    body.append(f'<p class="muted">{say(report.subtitle)}</p></header><main>')
    for block in report.opening:
        body += _block(block, say, words)
    links = (f'<a href="#{each.key}">{say(each.title)}</a>' for each in report.sections)
    body.append(f"<nav>{''.join(links)}</nav>")
    for section in report.sections:
        body.append(f'<section id="{section.key}"><h2>{say(section.title)}</h2>')
        for block in section.blocks:
            body += _block(block, say, words)
        body.append("</section>")
    body.append("</main>")
    title = f"{spoken(report.title, words)} · EffNet Studio"
    return page(title, body, style=_STYLE, language=language)


def _block(block: Block, say: Say, words: Callable[[Message], str]) -> Iterator[str]:
    match block:
        case Paragraph():
            kind = {"plain": "", "muted": ' class="muted"', "warning": ' class="warn" role="note"'}
            yield f"<p{kind[block.tone]}>{say(block.text)}</p>"
        case Bullets():
            yield f"<ul>{''.join(f'<li>{say(item)}</li>' for item in block.items)}</ul>"
        case KeyFigures():
            yield from _key_figures(block, say)
        case Table():
            yield from _table(block, say)
        case Matrix():
            yield from _matrix(block, say)
        case Charts():
            yield from _charts(block, say, words)
        case Sheet():
            yield '<div class="cards errors">'
            yield from (_card(card, say, words) for card in block.cards)
            yield "</div>"


def _key_figures(block: KeyFigures, say: Say) -> Iterator[str]:
    yield '<dl class="keys">'
    for item in block.items:
        note = f"<small>{say(item.note)}</small>" if item.note else ""
        yield f"<div><dt>{say(item.title)}</dt><dd>{say(item.value)}{note}</dd></div>"
    yield "</dl>"


def _table(table: Table, say: Say) -> Iterator[str]:
    pairs = " two" if len(table.columns) == 2 else ""
    yield _scroll(say(table.caption))
    yield f'<table class="data{pairs}">'
    hidden = "" if table.titled else ' class="heard"'
    yield f"<caption{hidden}>{say(table.caption)}</caption>"
    kinds = ["" if column.number else ' class="text"' for column in table.columns]
    if table.headed:
        heads = (
            f'<th scope="col"{kind}>{say(column.title)}</th>'
            for column, kind in zip(table.columns, kinds, strict=True)
        )
        yield f"<thead><tr>{''.join(heads)}</tr></thead>"
    yield "<tbody>"
    for row in table.rows:
        cells = [f'<th scope="row"{kinds[0]}>{_cell(row[0], say)}</th>']
        cells += [
            f"<td{kind}>{_cell(cell, say)}</td>"
            for cell, kind in zip(row[1:], kinds[1:], strict=True)
        ]
        yield f"<tr>{''.join(cells)}</tr>"
    yield "</tbody></table></div>"


def _scroll(name: str) -> str:
    """Begin a part that can be moved sideways where a screen is too narrow, with keys too."""
    return f'<div class="scroll" role="region" aria-label="{name}" tabindex="0">'


def _cell(cell: Cell, say: Say) -> str:
    if not isinstance(cell, Bar):
        return say(cell)
    interval = ""
    if cell.low is not None and cell.high is not None:
        left, width = 100 * cell.low, 100 * (cell.high - cell.low)
        interval = f'<s style="left:{left:.1f}%;width:{width:.1f}%"></s>'
    # The number itself stands beside it.
    filled = f'<i style="width:{100 * cell.value:.1f}%"></i>'
    return f'<div class="bar" aria-hidden="true">{filled}{interval}</div>'


def _matrix(matrix: Matrix, say: Say) -> Iterator[str]:
    size = len(matrix.classes)
    few = " few" if size <= _FEW else " many" if size > _MANY else ""
    yield _scroll(say(matrix.caption))
    yield f'<table class="matrix{few}">'
    yield f"<caption>{say(matrix.caption)}</caption><thead><tr><td></td>"
    for name in matrix.classes:
        yield f'<th scope="col" title="{say(name)}"><span>{say(name)}</span></th>'
    yield "</tr></thead><tbody>"
    for row, name in enumerate(matrix.classes):
        counts = matrix.counts[row]
        total = sum(counts) or 1
        cells = [f'<tr><th scope="row" title="{say(name)}">{say(name)}</th>']
        for column, count in enumerate(counts):
            kind = "r" if row == column else "w"
            share = f' class="{kind}" style="--s:{count / total:.2f}"' if count else ""
            cells.append(f"<td{share}>{count or ''}</td>")
        yield "".join([*cells, "</tr>"])
    yield "</tbody></table></div>"


def _charts(block: Charts, say: Say, words: Callable[[Message], str]) -> Iterator[str]:
    yield '<div class="charts">'
    for chart in block.items:
        yield f"<figure>{chart_svg(chart, words, PAGE_COLORS)}{_numbers(chart, say)}</figure>"
    yield "</div>"


def _numbers(chart: Chart, say: Say) -> str:
    """The values of a chart as a table, folded away."""
    named = [series for series in chart.series if series.title]
    places = sorted({place for series in named for place in series.x})
    values = [dict(zip(series.x, series.y, strict=True)) for series in named]
    heads = "".join(f'<th scope="col">{say(series.title)}</th>' for series in named)
    rows = (
        f'<tr><th scope="row">{place:.6g}</th>'
        + "".join(
            f"<td>{_plain(value[place])}</td>" if place in value else "<td></td>"
            for value in values
        )
        + "</tr>"
        for place in places
    )
    first = f'<th scope="col">{say(chart.x_title)}</th>'
    summary = say(msg("{chart} as a table", chart=chart.title))
    return (
        f"<details><summary>{summary}</summary><table><thead><tr>{first}{heads}</tr>"
        f"</thead><tbody>{''.join(rows)}</tbody></table></details>"
    )


def _plain(value: float) -> str:
    return f"{value:.0f}" if value == round(value) else f"{value:.4f}"


def _card(card: Card, say: Say, words: Callable[[Message], str]) -> str:
    pictures = "".join(image(each.file, spoken(each.alt, words)) for each in card.pictures)
    pair = f'<div class="pair">{pictures}</div>' if len(card.pictures) > 1 else pictures
    notes = "".join(f"<span>{say(note)}</span>" for note in card.notes)
    return f'<div class="card">{pair}<b>{say(card.title)}</b>{notes}</div>'

"""Showing in a terminal how an answer or a refusal came about.

Owns the looks: what was understood, a table of what was ranked, and one of what the gate made of it, each within
``WIDTH`` columns. Names no feature of the gate itself.
"""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.explanation_words import VERDICTS, coverage_words, period_words
from bot.translations import ENGLISH
from index.explanation import Explanation, ReadPassage, Verdict

WIDTH = 100
PASSAGES_A_TABLE = 8
_MARKS = {Verdict.CITED: "*", Verdict.OLDER: "<", Verdict.UNSURE: "-", Verdict.PASSED_OVER: "="}


def print_explanation(explanation: Explanation, console: Console | None = None) -> None:
    """Print an explanation on stdout."""
    console = console or Console(highlight=False)
    if not console.is_terminal or console.width > WIDTH:
        console.width = WIDTH
    console.print(Text("\nWhy", style="bold"))
    console.print(Text(explanation.decision))
    console.print(Text(period_words(explanation.when, ENGLISH)))
    console.print(Text(coverage_words(explanation, ENGLISH)))
    if not explanation.passages:
        return
    console.print(Text("\nPassages read: score = fused + time + article + reader", style="bold"))
    console.print(_ranking(explanation.passages))
    console.print(
        Text(" · ".join(f"{_MARKS[verdict]} {meaning}" for verdict, meaning in VERDICTS.items()), style="dim")
    )
    title = f"\nThe gate: value x weight, in log-odds; shown from a confidence of {explanation.threshold:.2f}"
    console.print(Text(title, style="bold"))
    for first in range(0, len(explanation.passages), PASSAGES_A_TABLE):
        console.print(_gate(explanation.passages[first : first + PASSAGES_A_TABLE], first + 1))


def _ranking(passages: Sequence[ReadPassage]) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), width=WIDTH)
    table.add_column("", justify="right", no_wrap=True)
    table.add_column("", no_wrap=True)
    table.add_column("published", no_wrap=True)
    table.add_column("headline", no_wrap=True, overflow="ellipsis", ratio=1)
    for name in ("lexical", "dense", "relev.", "margin", "fused", "time", "article", "reader", "score"):
        table.add_column(name, justify="right", no_wrap=True)
    for number, one in enumerate(passages, start=1):
        published_at = one.article.published_at
        table.add_row(
            str(number),
            _MARKS[one.verdict],
            f"{published_at:%Y-%m-%d}" if published_at else "undated",
            Text(one.article.title or one.article.id),
            *(f"{value:.2f}" for value in (one.lexical, one.dense, one.relevance, one.margin)),
            *(f"{value:.2f}" for value in (one.fused, one.by_time, one.by_article, one.by_reader, one.score)),
        )
    return table


def _gate(passages: Sequence[ReadPassage], first: int) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column("", no_wrap=True)
    table.add_column("weight", justify="right", no_wrap=True)
    for number in range(first, first + len(passages)):
        table.add_column(str(number), justify="right", no_wrap=True, min_width=6)
    for parts in zip(*(one.contributions for one in passages), strict=True):
        table.add_row(parts[0].name, f"{parts[0].weight:.3f}", *(f"{part.log_odds:+.2f}" for part in parts))
    sums = (sum(part.log_odds for part in one.contributions) for one in passages)
    table.add_row("log-odds", "", *(f"{total:+.2f}" for total in sums), end_section=True)
    table.add_row("confidence", "", *(f"{one.confidence:.2f}" for one in passages), style="bold")
    return table

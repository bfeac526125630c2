"""Showing answers in a terminal.

Owns the looks: the quote with its answering sentence in bold and the answer itself underlined, then who said it, when,
how long before the question that was, and where to read it. Lines are wrapped for a terminal
only: elsewhere a line break would become part of the quote.
"""

from datetime import datetime

from rich.console import Console
from rich.text import Text

from bot.citation_link import source_link
from bot.refusals import not_an_answer
from corpus import Article
from index.answer import Answer, Citation, NoAnswer


def print_answer(result: Answer | NoAnswer, console: Console | None = None) -> None:
    """Print an answer or a refusal on stdout."""
    console = console or Console(highlight=False)
    if isinstance(result, Answer):
        for number, citation in enumerate(result.citations, start=1):
            _print_citation(console, citation, result.asked_at, f"[{number}] ")
        return
    _print(console, Text(f"I don't know. {result.reason}"))
    if result.nearest:
        _print(console, Text(f"{not_an_answer(result.refusal)}:"))
        _print_citation(console, result.nearest, result.asked_at, "")


def _print_citation(console: Console, citation: Citation, asked_at: datetime, label: str) -> None:
    quote, article = citation.quote, citation.article
    text = Text(f"{label}“")
    base = len(text) - quote.span.start_char
    text.append(quote.text.replace("\n", " ") + "”")
    text.stylize("bold", base + quote.sentence.start_char, base + quote.sentence.end_char)
    text.stylize("underline", base + quote.answer.start_char, base + quote.answer.end_char)
    _print(console, text)
    lines = [article.title, origin(article, asked_at), source_link(article.url, quote.part(quote.sentence))]
    for line in filter(None, lines):
        console.print(Text(f"    {line}", style="dim"), soft_wrap=True)  # a wrapped link could not be opened


def _print(console: Console, text: Text) -> None:
    console.print(text, soft_wrap=not console.is_terminal)


def origin(article: Article, asked_at: datetime) -> str:
    """Return publisher, date and age in words: "NASA · 2022-06-25 · 3 days before"."""
    when = article.published_at
    dated = f"{when:%Y-%m-%d} · {age(when, asked_at)}" if when else "undated"
    return f"{article.publisher or 'unknown publisher'} · {dated}"


def age(published_at: datetime, asked_at: datetime) -> str:
    """Return how long before the moment of asking something was published, in the largest unit that fits."""
    first, last = published_at.date(), asked_at.date()
    days = (last - first).days
    months = (last.year - first.year) * 12 + last.month - first.month - (last.day < first.day)
    for count, unit in ((months // 12, "year"), (months, "month"), (days, "day")):
        if count > 0:
            return f"{count} {unit}{'s' if count > 1 else ''} before"
    return "the same day"

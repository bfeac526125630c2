"""Showing answers in a terminal.

Owns the looks: the quote with its answering sentence in bold and the answer itself underlined, then who said it, when,
how long before the question that was, where to read it, and who else tells the same. Lines are wrapped for a terminal
only: elsewhere a line break would become part of the quote.
"""

from datetime import datetime

from rich.console import Console
from rich.text import Text

from bot.citation_link import source_link
from bot.corroboration import reports
from bot.refusals import not_an_answer
from corpus import Article
from index.answer import Answer, Citation, NoAnswer, Timeline

OTHERS_MAX = 3


def print_answer(result: Answer | NoAnswer, console: Console | None = None) -> None:
    """Print an answer or a refusal on stdout."""
    console = console or Console(highlight=False)
    if isinstance(result, Answer):
        if result.disagreement:
            said = " / ".join(f"“{one.text}” [{one.citation + 1}]" for one in result.disagreement.said)
            _print(console, Text(f"The reports differ: {said}".replace("\n", " ")))
        for number, citation in enumerate(result.citations, start=1):
            _print_citation(console, citation, result.asked_at, f"[{number}] ")
        return
    _print(console, Text(f"I don't know. {result.reason}"))
    if result.nearest:
        _print(console, Text(f"{not_an_answer(result.refusal)}:"))
        _print_citation(console, result.nearest, result.asked_at, "")


def print_timeline(told: Timeline, console: Console | None = None) -> None:
    """Print what was told of a topic on stdout, each quote behind its day."""
    console = console or Console(highlight=False)
    if not told.citations:
        _print(console, Text(f"Nothing found on “{told.topic}”."))
    for citation in told.citations:
        published_at = citation.article.published_at
        _print_citation(console, citation, told.asked_at, f"{published_at:%Y-%m-%d} " if published_at else "")


def _print_citation(console: Console, citation: Citation, asked_at: datetime, label: str) -> None:
    quote, article = citation.quote, citation.article
    text = Text(f"{label}“")
    base = len(text) - quote.span.start_char
    text.append(quote.text.replace("\n", " ") + "”")
    text.stylize("bold", base + quote.sentence.start_char, base + quote.sentence.end_char)
    text.stylize("underline", base + quote.answer.start_char, base + quote.answer.end_char)
    _print(console, text)
    lines = [article.title, origin(article, asked_at), source_link(article.url, quote.part(quote.sentence))]
    for line in [*filter(None, lines), *_others(citation)]:
        console.print(Text(f"    {line}", style="dim"), soft_wrap=True)  # a wrapped link could not be opened


def _others(citation: Citation) -> list[str]:
    """Return the lines that say who else tells the same; none where nobody does."""
    if not citation.others:
        return []
    shown = [_other(article) for article in citation.others[:OTHERS_MAX]]
    left = len(citation.others) - len(shown)
    return [f"{reports(citation)}, also told in:", *shown, *([f"  and {left} more"] if left else [])]


def _other(article: Article) -> str:
    dated = f"{article.published_at:%Y-%m-%d}" if article.published_at else "undated"
    return f"  {article.publisher or 'unknown publisher'} · {dated} · {article.title or 'untitled'} · {article.url}"


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

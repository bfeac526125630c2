"""How an answer or a refusal came about, as a card.

Owns the looks: what was understood, the passages that were read first, and what the gate made of each, in the figures
that decided.
"""

from collections.abc import Sequence

from bot.discord.cards.card import Card, Part
from bot.discord.cards.pieces import day, headline, publisher_name, words
from bot.discord.escape import escape
from bot.discord.limits import AUTHOR_MAX_UNITS, cut
from bot.explanation_words import VERDICTS, coverage_words, period_words
from bot.translations import Say
from index.answer import Answer, NoAnswer
from index.explanation import Explanation, ReadPassage

PASSAGES = 4
"""As many columns of figures as a phone shows side by side."""
DECISION_MAX_UNITS = 500
PERIOD_MAX_UNITS = 500
HEADLINE_MAX_UNITS = 120
PUBLISHER_MAX_UNITS = 60
_NAME_CHARS, _FIGURE_CHARS = 11, 7


def why_card(result: Answer | NoAnswer, say: Say) -> Card:
    """Return how a result came about."""
    heading = words(result.question, AUTHOR_MAX_UNITS)
    if result.explanation is None:
        return Card(heading, (Part(text=say("Nothing is known of how this came about.")),))
    explanation, passages = result.explanation, result.explanation.passages[:PASSAGES]
    understood = Part(text=_understood(explanation, say), label=say("Why"))
    if not passages:
        return Card(heading, (understood,))
    read = Part(text="\n".join(_read(one, number, say) for number, one in enumerate(passages, 1)))
    return Card(heading, (understood, read, Part(text=_figures(explanation, passages, say))))


def _understood(explanation: Explanation, say: Say) -> str:
    sentences = (
        (explanation.decision, DECISION_MAX_UNITS),
        (period_words(explanation.when, say), PERIOD_MAX_UNITS),
        (coverage_words(explanation, say), PERIOD_MAX_UNITS),
    )
    return "\n".join(cut(sentence, max_units, escape) for sentence, max_units in sentences)


def _read(passage: ReadPassage, number: int, say: Say) -> str:
    article = passage.article
    who = publisher_name(article.publisher, say, PUBLISHER_MAX_UNITS)
    title = headline(article, say, HEADLINE_MAX_UNITS)
    return f"`{number}` **{title}** · {who} · {day(article.published_at, say)} · {say(VERDICTS[passage.verdict])}"


def _figures(explanation: Explanation, passages: Sequence[ReadPassage], say: Say) -> str:
    """Return a table: what each measure adds to the log-odds of each passage, and the confidence that they make."""
    rows = [("", [str(number) for number in range(1, len(passages) + 1)])]
    for parts in zip(*(one.contributions for one in passages), strict=True):
        rows.append((parts[0].name, [f"{part.log_odds:+.2f}" for part in parts]))
    rows.append((say("confidence"), [f"{one.confidence:.2f}" for one in passages]))
    table = "\n".join(
        f"{name[:_NAME_CHARS]:<{_NAME_CHARS}}{''.join(f'{figure:>{_FIGURE_CHARS}}' for figure in figures)}"
        for name, figures in rows
    )
    title = say(
        "What speaks for each, in log-odds; shown from a confidence of {threshold}",
        threshold=f"{explanation.threshold:.2f}",
    )
    return f"{title}\n```\n{table}\n```"

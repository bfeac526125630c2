"""How an answer came about, in sentences.

Owns the words that the terminal and Discord share; the decision itself is worded by the search. The looks are theirs.
"""

from bot.messages import message
from bot.translations import Say
from index.explanation import Explanation, Verdict
from index.when import When

VERDICTS = {
    Verdict.CITED: message("cited"),
    Verdict.OLDER: message("older than asked"),
    Verdict.UNSURE: message("below the threshold"),
    Verdict.PASSED_OVER: message("sure, but one too many"),
}
"""What became of a passage that was read."""


def period_words(when: When, say: Say) -> str:
    """Return which time the question was taken to be about."""
    emphasis = f"{when.emphasis:g}"
    if when.words:
        parts = [
            say(
                "Time: “{words}”, {start} to {end}; a date counts x{emphasis}",
                words=when.words,
                start=f"{when.start:%Y-%m-%d}",
                end=f"{when.end:%Y-%m-%d}",
                emphasis=emphasis,
            )
        ]
    else:
        asked = f"{when.end:%Y-%m-%d}"
        parts = [
            say("Time: none named, {day}, when it was asked; a date counts x{emphasis}", day=asked, emphasis=emphasis)
        ]
    if when.oldest:
        parts.append(say("older than {day} is no answer", day=f"{when.oldest:%Y-%m-%d}"))
    if when.event:
        parts.append(
            say(
                "“{event}” placed on {day} by “{title}”",
                event=when.event.words,
                day=f"{when.event.day:%Y-%m-%d}",
                title=when.event.article.title,
            )
        )
    return "; ".join(parts)


def coverage_words(explanation: Explanation, say: Say) -> str:
    """Return how much of the question anything speaks of."""
    return say(
        "Topic: a passage covers {coverage} of the question; below {least} it counts as another topic",
        coverage=f"{explanation.coverage:.2f}",
        least=f"{explanation.topic_coverage:.2f}",
    )

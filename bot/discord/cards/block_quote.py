"""A stretch of a quote as Discord shows it: quoted, with the answering sentence in bold.

Owns the marks. The words stay those of the quote.
"""

from bot.discord.escape import escape
from bot.discord.excerpt import Excerpt
from bot.discord.limits import CUT


def block_quote(part: Excerpt, *, answers: bool) -> str:
    """Write an excerpt as a block quote; only what answers is bold, with the answering words underlined."""
    text = _marked(part) if answers else ""
    text = text or escape(part.before + part.lead + part.answer + part.rest + part.after)
    mark = escape(CUT)
    text = f"{mark} {text}" if part.cut_before else text
    text = f"{text} {mark}" if part.cut_after else text
    return "\n".join(f"> {line}" for line in text.split("\n"))


def _marked(part: Excerpt) -> str:
    """Return the words with their marks, or nothing where there is nothing to mark.

    Between the sentence and its neighbours stand the marks, so that nothing can take effect across them.
    """
    bold = "\n".join(_bold_line(line) for line in _underlined(part).split("\n"))
    return escape(part.before) + bold + escape(part.after) if bold.strip() else ""


def _underlined(part: Excerpt) -> str:
    answer = escape(part.answer)
    is_part = bool(part.lead.strip() or part.rest.strip())  # a whole sentence is set apart enough by being bold
    if is_part and answer and answer.strip() == answer and "\n" not in answer:
        return f"{escape(part.lead)}__{answer}__{escape(part.rest)}"
    return escape(part.lead + part.answer + part.rest)


def _bold_line(line: str) -> str:
    """Make a line bold by itself, since a block quote starts each line anew."""
    core = line.strip()
    if not core:
        return line
    before, _, after = line.partition(core)
    return f"{before}**{core}**{after}"

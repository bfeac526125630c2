"""What an answer or a refusal looks like in Discord.

Owns the looks: pure functions from values to embeds that fit Discord's limits and mention nobody. Decides nothing about
what is an answer. No embed has a link of its own, because Discord merges embeds whose links are the same.
"""

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import quote as percent_encode

import discord

from bot.citation_link import is_web_link, source_link
from bot.corroboration import reports
from bot.discord.escape import escape, is_invite, plain
from bot.discord.excerpt import Excerpt, excerpt
from bot.discord.limits import (
    AUTHOR_MAX_UNITS,
    CUT,
    DESCRIPTION_MAX_UNITS,
    TITLE_MAX_UNITS,
    cut,
    take_lines,
    units,
)
from bot.refusals import not_an_answer
from corpus import Article
from index.answer import Answer, Citation, NoAnswer

MESSAGE_MAX_UNITS = 6000


def embed_units(embed: discord.Embed) -> int:
    """Count what Discord adds up over all embeds of a message."""
    texts = [embed.title, embed.description, embed.footer.text, embed.author.name]
    return sum(units(text) for text in texts if text)


DIFFERENCE = "The reports differ"
QUOTE_MAX_UNITS = 1500
PUBLISHER_MAX_UNITS = 120
LINK_MAX_UNITS = 800
BRIEF_NAME_MAX_UNITS = 60
ALSO_MAX_NAMES = 3
SAID_MAX_UNITS = 100
REASON_MAX_UNITS = 1000
FOOTER_MAX_UNITS = 300
ANSWER_COLOUR = 0x2B6CB0
REFUSAL_COLOUR = 0x8A8F98
_KEPT_IN_LINKS = "%/:?#[]!$&'*+,;=~"
_MORE_MAX_UNITS = 40


def card(result: Answer | NoAnswer) -> list[discord.Embed]:
    """Return the embeds of one message, with the question on top and the origin of the answer at the foot."""
    embeds = _answer_embeds(result) if isinstance(result, Answer) else _refusal_embeds(result)
    embeds[0].set_author(name=cut(result.question, AUTHOR_MAX_UNITS, plain) or "…")
    embeds[-1].set_footer(text=_footer(result))
    return embeds


def list_card(title: str, lines: Sequence[str]) -> discord.Embed:
    """Return a plain list of lines that are escaped already; those that find no room are counted."""
    text, n_left = take_lines(lines, DESCRIPTION_MAX_UNITS - _MORE_MAX_UNITS)
    if n_left:
        text += f"\nand {n_left} more"
    return discord.Embed(title=cut(title, TITLE_MAX_UNITS, _one_line), description=text, colour=ANSWER_COLOUR)


def date_and_age(moment: datetime | None) -> str:
    """Return a date with its age, written so that each reader's client shows it in their language and time."""
    if moment is None:
        return "undated"
    seconds = int(moment.timestamp())
    return f"<t:{seconds}:D> (<t:{seconds}:R>)"


def day(moment: datetime | None) -> str:
    """Return a date alone."""
    return "undated" if moment is None else f"<t:{int(moment.timestamp())}:D>"


def open_link(article: Article, sentence: str = "") -> str:
    """Return a link to the article, at ``sentence`` where that is not too long; or its bare path."""
    if is_web_link(article.url) and not is_invite(article.url):
        links = [_link("Open the source", article.url)]
        if sentence.strip():
            links.insert(0, _link("Open at the quoted sentence", source_link(article.url, sentence)))
        for link in links:
            if units(link) <= LINK_MAX_UNITS:
                return link
    return f"Source: {cut(article.url, LINK_MAX_UNITS, _one_line)}"


def headline(article: Article, max_units: int = TITLE_MAX_UNITS) -> str:
    """Return the article's title, escaped."""
    return cut(article.title, max_units, _one_line) or "Untitled"


def publisher_name(name: str) -> str:
    """Return a publisher's name, escaped."""
    return cut(name, PUBLISHER_MAX_UNITS, _one_line) or "Unknown publisher"


def _answer_embeds(answer: Answer) -> list[discord.Embed]:
    differing = _differing(answer)
    share = _share(answer, len(answer.citations), units(DIFFERENCE) + units(differing))
    embeds = [_citation_embed(citation, share, answers=True) for citation in answer.citations]
    if differing:
        embeds[0].add_field(name=DIFFERENCE, value=differing, inline=False)
    return embeds


def _differing(answer: Answer) -> str:
    """Return what each of the disagreeing quotes says, a line each with its publisher and day; no verdict."""
    lines = []
    for said in answer.disagreement.said if answer.disagreement else ():
        article = answer.citations[said.citation].article
        origin = f"{_brief_name(article.publisher)} · {day(article.published_at)}"
        lines.append(f"“{cut(said.text, SAID_MAX_UNITS, _one_line)}” · {origin}")
    return "\n".join(lines)


def _refusal_embeds(refusal: NoAnswer) -> list[discord.Embed]:
    reason = discord.Embed(description=cut(refusal.reason, REASON_MAX_UNITS, escape), colour=REFUSAL_COLOUR)
    if refusal.nearest is None:
        return [reason]
    label = not_an_answer(refusal.refusal)
    share = _share(refusal, 1) - embed_units(reason) - units(label)
    nearest = _citation_embed(refusal.nearest, share, answers=False)
    return [reason, nearest.set_author(name=label)]


def _share(result: Answer | NoAnswer, n_parts: int, taken_units: int = 0) -> int:
    """Return how many units each part of a message may take, beside the question, the footer and what is taken."""
    return (MESSAGE_MAX_UNITS - AUTHOR_MAX_UNITS - units(_footer(result)) - taken_units) // n_parts


def _citation_embed(citation: Citation, max_units: int, *, answers: bool) -> discord.Embed:
    quote, article = citation.quote, citation.article
    title = headline(article)
    origin = (
        f"{publisher_name(article.publisher)} · {date_and_age(article.published_at)}\n"
        f"{_corroboration(citation)}"
        f"{open_link(article, quote.part(quote.sentence))}"
    )
    room = min(QUOTE_MAX_UNITS, max_units - units(title) - units(origin) - 1)
    shown = excerpt(quote, lambda part: units(_block_quote(part, answers)) <= room)
    return discord.Embed(
        title=title,
        description=f"{_block_quote(shown, answers)}\n{origin}",
        colour=ANSWER_COLOUR if answers else REFUSAL_COLOUR,
    )


def _corroboration(citation: Citation) -> str:
    """Return a line that says how many tell the same, or nothing where nobody else does."""
    if not citation.others:
        return ""
    publishers = dict.fromkeys(article.publisher for article in citation.others)
    names = [_brief_name(name) for name in publishers][:ALSO_MAX_NAMES]
    names += ["more"] if len(publishers) > ALSO_MAX_NAMES else []
    return f"{reports(citation)} · also {', '.join(names)}\n"


def _brief_name(publisher: str) -> str:
    return cut(publisher, BRIEF_NAME_MAX_UNITS, _one_line) or "Unknown publisher"


def _block_quote(part: Excerpt, answers: bool) -> str:
    """Write an excerpt as a block quote; only what answers is bold, with the answering words underlined."""
    if answers:
        text = escape(part.before) + _bold(part) + escape(part.after)
    else:
        text = escape(part.before + part.lead + part.answer + part.rest + part.after)
    mark = escape(CUT)
    text = f"{mark} {text}" if part.cut_before else text
    text = f"{text} {mark}" if part.cut_after else text
    return "\n".join(f"> {line}" for line in text.split("\n"))


def _bold(part: Excerpt) -> str:
    """Make every line bold by itself, since a block quote starts each line anew."""
    one_line = part.answer.strip() == part.answer and "\n" not in escape(part.answer)
    if part.answer and one_line:
        text = f"{escape(part.lead)}__{escape(part.answer)}__{escape(part.rest)}"
    else:
        text = escape(part.lead + part.answer + part.rest)
    return "\n".join(_bold_line(line) for line in text.split("\n"))


def _bold_line(line: str) -> str:
    core = line.strip()
    if not core:
        return line
    before, _, after = line.partition(core)
    return f"{before}**{core}**{after}"


def _link(label: str, url: str) -> str:
    """Write a masked link; what would end it early, or could be read as a mention, is percent-encoded."""
    return f"[{label}]({percent_encode(url, safe=_KEPT_IN_LINKS, errors='replace')})"


def _one_line(text: str) -> str:
    return " ".join(escape(text).split())


def _footer(result: Answer | NoAnswer) -> str:
    parts = [f"generation {plain(result.generation)}", f"as of {result.asked_at:%Y-%m-%d %H:%M} UTC"]
    if result.timings_ms:
        parts.append(f"{_total_ms(result.timings_ms):.0f} ms")
    return cut(" · ".join(parts), FOOTER_MAX_UNITS, plain)


def _total_ms(timings_ms: dict[str, float]) -> float:
    return timings_ms.get("total", sum(timings_ms.values()))

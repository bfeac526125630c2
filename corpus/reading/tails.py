"""What stands after an article and is none of it: "Read more", "The post … appeared first on …".

Owns the list of such tails. It cuts at the end only, and only what is nothing else: a doubtful line stays.
"""

import re

_BARE = (
    r"(?:read|see|view|learn|find out|discover) more",
    r"read (?:the )?(?:full|whole|rest|entire|original)\b.{0,60}(?:article|story|post|release)\b",
    r"continue reading",
    r"click (?:here|through)\b.{0,40}",
    r"keep reading",
)
_PARAGRAPH = re.compile(
    rf"(?:{'|'.join(_BARE)})\b.{{0,100}}"
    r"|the post .{1,300} (?:appeared first|first appeared) (?:on|in) .{1,120}"
    r"|(?:related|see also|share this|share|tags?|filed under|topics|categories)\s*:.{0,200}"
    r"|(?:share this (?:article|story|post|page)|advertisement|comments|leave a comment|#+|-+ ?end ?-+)"
    r"|(?:sign up|subscribe)\b.{0,60}\bnewsletters?\b.{0,60}",
    re.IGNORECASE,
)
_MAX_WORDS = 40
_TRUNCATION = re.compile(r"\s*(?:\[\s*(?:…|\.\.\.|&hellip;|&#8230;)\s*\])\s*$")
_INLINE = re.compile(
    rf"(?<=[.!?…\])”\"’])\s*[(\[]?(?:{'|'.join(_BARE)})\b[^.!?\n]{{0,120}}[)\]\s→»>….]*$", re.IGNORECASE
)


def cut_tail(text: str) -> str:
    """Return a text without what stands after it; a text that is nothing but tail stays as it is."""
    paragraphs = text.rstrip().split("\n")
    while len(paragraphs) > 1 and _is_tail(paragraphs[-1]):
        paragraphs.pop()
    cut = "\n".join(paragraphs)
    last = paragraphs[-1]
    inline = _TRUNCATION.sub("", _INLINE.sub("", _TRUNCATION.sub("", last)))
    return (cut[: len(cut) - len(last)] + inline if inline.strip() else cut).rstrip()


def _is_tail(paragraph: str) -> bool:
    line = paragraph.strip().strip("→»>…. ")
    return not line or (len(line.split()) <= _MAX_WORDS and _PARAGRAPH.fullmatch(line) is not None)

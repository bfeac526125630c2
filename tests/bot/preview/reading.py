"""Reading HTML back as a browser does, as far as the tests need it."""

from collections.abc import Iterator

from lxml import html

from bot.preview.markup import Node, write

_HARMLESS = set(
    """
    a article blockquote button code dd details dialog div dl dt em form h2 h3 h4 h5 header hr input label li ol
    option p pre s select small span strong summary textarea time u ul
    """.split()
)
_ATTRIBUTES = set(
    """
    aria-busy aria-expanded aria-label class data-accent data-close data-component data-custom-id data-field
    data-form data-message data-modal data-reply data-type datetime disabled href id maxlength minlength multiple
    placeholder rel required role rows selected size start tabindex target title type value
    """.split()
)


def parsed(written: str) -> Node:
    """Return what a browser makes of HTML, in one ``div``."""
    return html.fromstring(f"<div>{written}</div>")


def shown(*nodes: Node) -> str:
    """Return the text that a person reads."""
    return str(parsed(write(*nodes)).text_content())


def problems(*nodes: Node) -> list[str]:
    """Return what could do something, or is read otherwise than it was written; nothing, if all is well."""
    written = write(*nodes)
    root = parsed(written)
    found = list(_problems(root))
    if html.tostring(root, encoding="unicode") != f"<div>{written}</div>":
        found.append("a browser reads something else than was written")
    return found


def _problems(root: Node) -> Iterator[str]:
    for found in root.iterdescendants():
        if found.tag not in _HARMLESS:
            yield f"element {found.tag}"
        for name, value in found.attrib.items():
            if name not in _ATTRIBUTES:
                yield f"attribute {name}"
            if name == "href" and not value.lower().startswith(("http://", "https://")):
                yield f"link to {value}"

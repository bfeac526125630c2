"""``space-news cite``: looking up what an answer once quoted."""

import json
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.text import Text

from bot.cli.console import Options
from bot.service import Service
from bot.terminal import origin
from corpus.changes import Change, Piece, compare_words, shorten
from corpus.citations import find_citations
from corpus.errors import UnknownCitationError
from corpus.lookup import LookedUp, look_up
from corpus.store import Store

_MARKS = {Change.REMOVED: ("[-", "-]", "red strike"), Change.ADDED: ("{+", "+}", "green"), Change.KEPT: ("", "", "")}


def cite(
    context: typer.Context,
    wanted: Annotated[str, typer.Argument(metavar="ID", help="A citation_id or article_id of `ask --json`.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object instead of text.")] = False,
) -> None:
    """Show a quote as it was cited, and what became of its article since, word by word."""
    options: Options = context.obj
    with Service(options.settings).open_store() as store:
        try:
            found = [look_up(store, cited) for cited in find_citations(store, wanted)]
        except UnknownCitationError:
            _show_versions(store, wanted, as_json=as_json)
            return
    if as_json:
        typer.echo(json.dumps({"id": wanted, "citations": [_payload(one) for one in found]}, ensure_ascii=False))
        return
    for one in found:
        _print(one)


def _payload(found: LookedUp) -> dict[str, Any]:
    cited, article, present = found.cited, found.article, found.present
    withdrawn_at = article.withdrawn_at if article else None
    return {
        "citation_id": cited.id,
        "article_id": cited.article_id,
        "quote": cited.quote,
        "sentence": cited.sentence,
        "title": cited.title,
        "publisher": cited.publisher,
        "url": cited.url,
        "question": cited.question,
        "cited_at": cited.cited_at.isoformat(),
        "version": cited.version,
        "present_version": present.number if present else None,
        "stands": found.stands,
        "withdrawn_at": withdrawn_at.isoformat() if withdrawn_at else None,
        "changes": _changes(found.changes),
    }


def _changes(pieces: tuple[Piece, ...]) -> list[dict[str, str]]:
    return [{"change": piece.change.value, "text": piece.text} for piece in pieces]


def _print(found: LookedUp) -> None:
    cited = found.cited
    typer.echo(f"[{cited.id}] “{cited.quote.replace(chr(10), ' ')}”")
    source = origin(found.article, cited.cited_at) if found.article else cited.publisher
    details = [cited.title, source, cited.url, f"cited {cited.cited_at:%Y-%m-%d %H:%M} UTC: {cited.question}"]
    for line in filter(None, [*details, _standing(found)]):
        typer.echo(f"    {line}")
    _print_changes(found.changes)


def _standing(found: LookedUp) -> str:
    if found.article is None or found.present is None:
        return "The corpus no longer holds this article."
    if found.article.withdrawn_at is not None:
        withdrawn = f"Its page was found gone on {found.article.withdrawn_at:%Y-%m-%d}; "
    else:
        withdrawn = ""
    if not found.changes:
        return withdrawn + "The text is unchanged since."
    stands = "still stands there" if found.stands else "is no longer there"
    versions = f"version {found.cited.version} was cited, version {found.present.number} is the present one"
    return f"{withdrawn}The text has changed: {versions}. The quoted sentence {stands}."


def _print_changes(pieces: tuple[Piece, ...]) -> None:
    if not pieces:
        return
    text = Text()
    for piece in shorten(pieces):
        if piece.change is Change.LEFT_OUT:
            text.append(" […] ")
            continue
        before, after, style = _MARKS[piece.change]
        text.append(f"{before}{piece.text}{after}", style=style)
    console = Console(highlight=False)
    console.print(text, soft_wrap=not console.is_terminal)


def _show_versions(store: Store, article_id: str, *, as_json: bool) -> None:
    """Show how an article changed that no answer cited yet.

    Raises:
        UnknownCitationError: If there is no such article either.
    """
    versions = store.versions(article_id)
    if not versions:
        raise UnknownCitationError(article_id)
    pieces = compare_words(versions[0].text, versions[-1].text) if len(versions) > 1 else ()
    if as_json:
        typer.echo(json.dumps({"id": article_id, "citations": [], "changes": _changes(pieces)}, ensure_ascii=False))
        return
    typer.echo(f"No answer cited {article_id} yet. It has {len(versions)} version(s).")
    _print_changes(pieces)

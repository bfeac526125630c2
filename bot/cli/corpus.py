"""``space-news corpus``."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.console import Options, print_columns
from bot.errors import RequestError
from bot.following import fetch_limits
from bot.service import Service
from bot.settings import PREFIX
from corpus.article import newest_first
from corpus.collection import collect
from corpus.draft import Draft
from corpus.errors import CorpusError, UnknownArticleError
from corpus.reading import Overrides, ReadFailure, parse_published, read_source
from corpus.starter import ID_PREFIX
from corpus.store import Added

_BUILT_IN = (
    "{!r} was never added: ids like it belong to the briefings that come with the bot; "
    f"{PREFIX}STARTER_CORPUS=false leaves them all out."
)

app = typer.Typer(help="Add, list and remove articles.", no_args_is_help=True)


@app.command("add")
def add(
    context: typer.Context,
    sources: Annotated[
        list[str], typer.Argument(help="Files (.txt .md .html .jsonl .jsonl.gz), folders, or http(s) links.")
    ],
    title: Annotated[str | None, typer.Option(help="Headline, for a single article.")] = None,
    publisher: Annotated[str | None, typer.Option(help="Publisher, for a single article.")] = None,
    published: Annotated[str | None, typer.Option(help="Date (YYYY-MM-DD) or moment, for a single article.")] = None,
    url: Annotated[str | None, typer.Option(help="Link, for a single article.")] = None,
) -> None:
    """Add articles; what cannot be read is named on stderr, the rest goes on (exit code 1 then)."""
    options: Options = context.obj
    overrides = Overrides(
        title=title,
        publisher=publisher,
        published_at=_publication(published) if published is not None else None,
        url=url,
    )
    if overrides != Overrides() and len(sources) > 1:
        raise RequestError("--title, --publisher, --published and --url describe a single article; add one at a time")
    failures: list[str] = []
    with Service(options.settings).open_store() as store:
        counts: Counter[Added] = Counter()
        for source in sources:
            counts += store.add_many(_drafts(source, overrides, options, failures))
    for failure in failures:
        typer.echo(failure, err=True)
    typer.echo(
        f"{counts[Added.NEW]} new, {counts[Added.CHANGED]} changed, {counts[Added.UNCHANGED]} unchanged, "
        f"{len(failures)} failed"
    )
    raise typer.Exit(1 if failures else 0)


@app.command("list")
def list_articles(
    context: typer.Context,
    source: Annotated[str | None, typer.Option(help="Only this publisher.")] = None,
    withdrawn: Annotated[bool, typer.Option("--withdrawn", help="Only what is gone from where it stood.")] = False,
) -> None:
    """List what the corpus holds, newest first."""
    options: Options = context.obj
    with Service(options.settings).open_store() as store:
        if withdrawn:
            articles = [article for article in store.articles() if article.withdrawn_at is not None]
        else:
            articles = [article for article, _ in collect(store, starter=options.settings.starter_corpus)]
    if source is not None:
        articles = [article for article in articles if article.publisher.casefold() == source.casefold()]
    articles = newest_first(articles)
    rows = [("id", "date", "publisher", "title")]
    for article in articles:
        day = f"{article.published_at:%Y-%m-%d}" if article.published_at else "undated"
        rows.append((article.id, day, article.publisher, article.title))
    print_columns(rows)


@app.command("remove")
def remove(
    context: typer.Context,
    ids: Annotated[list[str], typer.Argument(help="Ids as `corpus list` shows them; several may be given.")],
) -> None:
    """Remove articles with all their versions; an unknown id is named on stderr, the rest is removed."""
    options: Options = context.obj
    failures: list[str] = []
    with Service(options.settings).open_store() as store:
        for article_id in ids:
            try:
                store.remove(article_id)
            except UnknownArticleError as error:
                failures.append(_BUILT_IN.format(article_id) if article_id.startswith(ID_PREFIX) else str(error))
    for failure in failures:
        typer.echo(failure, err=True)
    typer.echo(f"{len(ids) - len(failures)} removed, {len(failures)} failed")
    raise typer.Exit(1 if failures else 0)


def _publication(written: str) -> datetime:
    try:
        return parse_published(written)
    except ValueError as error:
        raise RequestError(str(error)) from error


def _drafts(source: str, overrides: Overrides, options: Options, failures: list[str]) -> Iterator[Draft]:
    """Yield what a source holds; what cannot be read goes into ``failures``."""
    try:
        if source.startswith(("http://", "https://")):
            found: Iterator[Draft | ReadFailure] = iter([overrides.applied_to(_fetched(source, options))])
        else:
            found = read_source(Path(source), overrides=overrides)
        for item in found:
            if isinstance(item, ReadFailure):
                failures.append(str(item))
            else:
                yield item
    except CorpusError as error:
        failures.append(str(error))


def _fetched(url: str, options: Options) -> Draft:
    from corpus.page import fetch_article  # the HTTP client is slow to import

    return fetch_article(url, fetch_limits(options.settings))

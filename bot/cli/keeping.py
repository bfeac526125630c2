"""``space-news corpus verify``, ``export`` and ``stats``: what the corpus holds, and whether it still holds true."""

import gzip
import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.console import Options, print_columns
from bot.errors import RequestError
from bot.following import fetch_limits
from bot.service import Service
from corpus.citations import all_citations, find_citations
from corpus.collection import starter_articles
from corpus.export import export_lines
from corpus.stats import count_publishers, draw_months


def verify(
    context: typer.Context,
    wanted: Annotated[
        str | None, typer.Argument(metavar="ID", help="A citation_id or article_id of `ask --json`.")
    ] = None,
    cited: Annotated[bool, typer.Option("--cited", help="Verify everything that answers have cited.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object a quote instead of text.")] = False,
) -> None:
    """Fetch cited pages again and say whether the quoted sentences still stand there (exit code 4 if not all do)."""
    from corpus.politeness import Pace  # the HTTP client is slow to import
    from corpus.verify import Verdict
    from corpus.verify import verify as verify_quotes

    options: Options = context.obj
    if (wanted is None) != cited:
        raise typer.BadParameter("give either an ID or --cited")
    with Service(options.settings).open_store() as store:
        quotes = all_citations(store) if wanted is None else find_citations(store, wanted)
    pace = Pace(delay_seconds=options.settings.host_delay_seconds)
    found = verify_quotes(quotes, fetch_limits(options.settings), pace)
    for one in found:
        if as_json:
            facts = {"citation_id": one.cited.id, "article_id": one.cited.article_id, "sentence": one.cited.sentence}
            facts |= {"url": one.cited.url, "verdict": one.verdict.value, "why": one.why}
            typer.echo(json.dumps(facts, ensure_ascii=False))
        else:
            typer.echo(f"{one.verdict.value}: [{one.cited.id}] “{one.cited.sentence}” {one.cited.url}: {one.why}")
    raise typer.Exit(4 if any(one.verdict is not Verdict.STANDS for one in found) else 0)


def export(
    context: typer.Context,
    file: Annotated[
        Path | None, typer.Argument(help="Where to write; gzipped if it ends in .gz. Stdout, if left out.")
    ] = None,
) -> None:
    """Write every added article with all its versions as JSON lines that `corpus add` reads."""
    options: Options = context.obj
    count = 0
    with Service(options.settings).open_store() as store:
        lines = (f"{line}\n".encode() for line in export_lines(store))
        if file is None:
            for line in lines:
                sys.stdout.buffer.write(line)
            return
        with gzip.open(file, "wb") if file.suffix == ".gz" else file.open("wb") as stream:
            for line in lines:
                stream.write(line)
                count += 1
    typer.echo(f"{count} articles written to {file}")


def stats(
    context: typer.Context,
    png: Annotated[Path | None, typer.Option(help="Where to draw; stats.png in the data folder, if left out.")] = None,
) -> None:
    """Count articles by publisher, and draw how many a month there are."""
    options: Options = context.obj
    settings = options.settings
    with Service(settings).open_store() as store:
        articles = list(store.articles())
    if settings.starter_corpus:
        known = {article.id for article in articles}
        articles += [article for article, _ in starter_articles() if article.id not in known]
    if not articles:
        raise RequestError("the corpus is empty; add articles with `space-news corpus add PATH`")
    counted = count_publishers(articles)
    rows = [("publisher", "articles", "withdrawn", "languages", "first", "last")]
    for one in counted:
        months = [f"{month:%Y-%m}" for month in one.months] or ["undated"]
        numbers = (str(one.articles), str(one.withdrawn))
        rows.append((one.publisher, *numbers, " ".join(one.languages), months[0], months[-1]))
    print_columns(rows)
    place = png or settings.data_dir / "stats.png"
    draw_months(counted, place)
    typer.echo(f"drawn in {place}")

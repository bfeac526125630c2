"""``space-news evaluate``."""

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markdown import Markdown

from bot.cli.console import Options, progress_bar
from bot.service import Service
from index.build import Progress


def evaluate(
    context: typer.Context,
    folder: Annotated[
        Path | None,
        typer.Argument(
            help="Judged questions in BEIR's form: corpus, queries, qrels, answers. The golden set, if left out."
        ),
    ] = None,
    json_file: Annotated[Path | None, typer.Option("--json", help="Write the figures and each question here.")] = None,
    report: Annotated[Path | None, typer.Option(help="Write report.md and report.png into this folder.")] = None,
    compare: Annotated[Path | None, typer.Option(help="An earlier --json file to compare with.")] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Ask only the first so many questions.")] = None,
) -> None:
    """Measure ranking, evidence, refusals, calibration and time on judged questions."""
    from index.evaluation import report as reports  # the measures are slow to import, and asking never needs them
    from index.evaluation.dataset import load_set
    from index.evaluation.measures import sum_up
    from index.evaluation.run import run_questions
    from index.evaluation.starter_sets import load_golden

    options: Options = context.obj
    judged = load_set(folder) if folder else load_golden()
    questions = judged.questions[:limit]
    with progress_bar(quiet=options.quiet) as on_progress:
        searcher = Service(options.settings).open_set(judged, on_progress)
        outcomes = run_questions(
            searcher,
            questions,
            on_progress=lambda done: on_progress(Progress("asking questions", done, len(questions))),
        )
    figures = sum_up(outcomes)
    written = reports.payload(judged.name, searcher.engine.manifest.generation, figures, outcomes)
    comparisons = reports.compare(compare, written) if compare else []
    text = reports.markdown(judged.name, figures, comparisons)
    if json_file:
        json_file.write_text(json.dumps(written, indent=1) + "\n", "utf-8")
    if report:
        report.mkdir(parents=True, exist_ok=True)
        (report / "report.md").write_text(text, "utf-8")
        reports.draw(report / "report.png", judged.name, figures)
    Console().print(Markdown(text))

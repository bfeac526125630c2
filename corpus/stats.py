"""How much the corpus holds, by publisher and month.

Owns the counts and their picture.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from corpus.article import Article

_NAMED_IN_PICTURE = 10
_OTHERS = "others"
_UNKNOWN = "unknown publisher"


@dataclass(frozen=True, slots=True)
class PublisherStats:
    """What the corpus holds of one publisher.

    Attributes:
        publisher: Its name.
        articles: How many articles, withdrawn ones included.
        withdrawn: How many of them were withdrawn.
        languages: The languages they are written in, sorted.
        months: How many were published in each month, by the month's first day; the undated are left out.
    """

    publisher: str
    articles: int
    withdrawn: int
    languages: tuple[str, ...]
    months: dict[date, int]


def count_publishers(articles: Iterable[Article]) -> list[PublisherStats]:
    """Return the counts by publisher, most articles first."""
    grouped: dict[str, list[Article]] = defaultdict(list)
    for article in articles:
        grouped[article.publisher or _UNKNOWN].append(article)
    stats = [_count(publisher, own) for publisher, own in grouped.items()]
    return sorted(stats, key=lambda one: (-one.articles, one.publisher))


def draw_months(stats: list[PublisherStats], path: Path) -> None:
    """Draw articles a month by publisher, stacked, into a PNG file."""
    from matplotlib.figure import Figure  # slow to import

    months = _all_months(stats)
    figure = Figure(figsize=(11, 5), layout="constrained")
    axes = figure.add_subplot()
    base = [0] * len(months)
    for name, counts in _series(stats):
        heights = [counts[month] for month in months]
        axes.bar(range(len(months)), heights, bottom=base, width=0.9, label=name)
        base = [below + height for below, height in zip(base, heights, strict=True)]
    step = max(1, len(months) // 18)
    axes.set_xticks(range(0, len(months), step), [f"{month:%Y-%m}" for month in months[::step]], rotation=60)
    axes.set_ylabel("articles a month")
    axes.set_title("Articles a month by publisher")
    if months:
        figure.legend(loc="outside right upper", fontsize="small")
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, format="png", dpi=120)


def _count(publisher: str, articles: list[Article]) -> PublisherStats:
    months = Counter(
        article.published_at.date().replace(day=1) for article in articles if article.published_at is not None
    )
    languages = {article.language for article in articles if article.language}
    withdrawn = sum(article.withdrawn_at is not None for article in articles)
    return PublisherStats(publisher, len(articles), withdrawn, tuple(sorted(languages)), dict(sorted(months.items())))


def _all_months(stats: list[PublisherStats]) -> list[date]:
    """Return every month from the first to the last, so that a gap is seen as one."""
    known = [month for one in stats for month in one.months]
    if not known:
        return []
    first, last = min(known), max(known)
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    return [date(first.year + (first.month - 1 + i) // 12, (first.month - 1 + i) % 12 + 1, 1) for i in range(count)]


def _series(stats: list[PublisherStats]) -> list[tuple[str, Counter[date]]]:
    named = [(one.publisher, Counter(one.months)) for one in stats[:_NAMED_IN_PICTURE]]
    rest: Counter[date] = Counter()
    for one in stats[_NAMED_IN_PICTURE:]:
        rest.update(one.months)
    return [*named, (_OTHERS, rest)] if rest else named

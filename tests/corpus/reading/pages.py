"""Web pages for tests, in our own words."""

PARAGRAPHS = [
    "The Ibis cargo ship left the Halcyon space station on Thursday, March 17, 2022, after ten weeks at its port.",
    "Controllers at the Lisbon centre watched the hooks open at 9:12 a.m. and saw no damage to the docking ring.",
    "The ship carries 900 kilograms of rubbish and will burn up over the South Pacific on Saturday, the agency said.",
    "A second ship of the same kind is due at the station in May with food, water and a new pump for the cooling loop.",
]


def page(*, head: str = "", paragraphs: list[str] = PARAGRAPHS) -> str:
    """Return a page as a newspaper would serve it, with navigation and a footer around the article."""
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f"<!DOCTYPE html><html lang='en'><head><title>Ibis leaves the station | Example News</title>{head}</head><body>"
        "<nav><a href='/'>Home</a> <a href='/space'>Space</a></nav>"
        f"<article><h1>Ibis leaves the station</h1>{body}</article>"
        "<footer>All rights reserved by Example News</footer></body></html>"
    )


METADATA = (
    "<link rel='canonical' href='https://news.example/ibis'>"
    "<meta property='og:title' content='Ibis leaves the station'>"
    "<meta property='og:site_name' content='Example News'>"
    "<meta property='article:published_time' content='2022-03-18T08:00:00Z'>"
    "<meta property='article:modified_time' content='2023-01-05T08:00:00Z'>"
)

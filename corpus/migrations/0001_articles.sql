-- Times are ISO-8601 text in UTC with six digits after the second, so that they sort as they are.
CREATE TABLE articles (
    id TEXT PRIMARY KEY NOT NULL,
    url TEXT NOT NULL,
    title TEXT NOT NULL,
    publisher TEXT NOT NULL,
    published_at TEXT,
    current_version INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE versions (
    article_id TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    text TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    PRIMARY KEY (article_id, number)
) STRICT;

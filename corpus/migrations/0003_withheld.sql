-- Articles that a maintainer took out of the search. They need not be in the store: a briefing of the starter corpus, or
-- one that a source brings back, stays out all the same.
CREATE TABLE withheld (
    article_id TEXT PRIMARY KEY NOT NULL,
    at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

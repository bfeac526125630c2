-- What a followed source needs: what else is known of an article, when it was withdrawn, and every link that leads to it.
-- Lists are JSON arrays of text. An empty language is one that nobody told and the text does not tell.
ALTER TABLE articles ADD COLUMN language TEXT NOT NULL DEFAULT '';
ALTER TABLE articles ADD COLUMN authors TEXT NOT NULL DEFAULT '[]';
ALTER TABLE articles ADD COLUMN launches TEXT NOT NULL DEFAULT '[]';
ALTER TABLE articles ADD COLUMN events TEXT NOT NULL DEFAULT '[]';
ALTER TABLE articles ADD COLUMN withdrawn_at TEXT;

-- When the text was read, where that is known.
ALTER TABLE versions ADD COLUMN read_at TEXT;

-- link_key() is corpus.links.link_key; two links to one page have one key.
CREATE TABLE links (
    key TEXT PRIMARY KEY NOT NULL,
    article_id TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
INSERT OR IGNORE INTO links SELECT link_key(url), id FROM articles ORDER BY id;
CREATE INDEX links_of_article ON links (article_id);

-- Where the reading of a source stands. resume_url is the next page of an API whose older pages are still to be read.
CREATE TABLE feeds (
    source TEXT PRIMARY KEY NOT NULL,
    url TEXT NOT NULL,
    etag TEXT,
    last_modified TEXT,
    body_hash TEXT,
    resume_url TEXT
) STRICT, WITHOUT ROWID;

-- Every page that a source led to. listing is what the source said about it, as JSON; read_at is null until it was read
-- whole; joined is 1 where another page tells the same story.
CREATE TABLE pages (
    key TEXT PRIMARY KEY NOT NULL,
    url TEXT NOT NULL,
    source TEXT NOT NULL,
    listing TEXT NOT NULL,
    article_id TEXT REFERENCES articles (id) ON DELETE SET NULL,
    joined INTEGER NOT NULL DEFAULT 0,
    etag TEXT,
    last_modified TEXT,
    body_hash TEXT,
    first_seen_at TEXT NOT NULL,
    read_at TEXT,
    checked_at TEXT,
    failure TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX pages_of_source ON pages (source, key);
CREATE INDEX pages_of_article ON pages (article_id);

-- Every quote that an answer showed, so that it can be looked up when the article has changed.
CREATE TABLE citations (
    id TEXT PRIMARY KEY NOT NULL,
    article_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    start_char INTEGER NOT NULL,
    end_char INTEGER NOT NULL,
    quote TEXT NOT NULL,
    sentence TEXT NOT NULL,
    url TEXT NOT NULL,
    title TEXT NOT NULL,
    publisher TEXT NOT NULL,
    question TEXT NOT NULL,
    cited_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX citations_of_article ON citations (article_id);

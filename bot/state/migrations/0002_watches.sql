-- Standing questions. channel_id is null where posts go to the one who made it as a direct message. quiet_from, quiet_until
-- and digest_at are times of the watch's own zone, HH:MM. begun is the day (UTC) from which on there is news;
-- made_generation is what answered then. asked_generation and asked_at tell how far the rounds have come; a process that
-- works on a watch has it until leased_until.
CREATE TABLE watches (
    id TEXT PRIMARY KEY NOT NULL,
    guild_id INTEGER,
    channel_id INTEGER,
    maker_id INTEGER NOT NULL,
    question TEXT NOT NULL,
    source TEXT NOT NULL,
    language TEXT NOT NULL,
    zone TEXT NOT NULL,
    quiet_from TEXT,
    quiet_until TEXT,
    daily_cap INTEGER NOT NULL,
    digest_at TEXT,
    begun TEXT NOT NULL,
    made_generation TEXT NOT NULL,
    paused TEXT,
    asked_generation TEXT NOT NULL DEFAULT '',
    asked_at TEXT,
    look_at TEXT NOT NULL DEFAULT '',
    leased_by TEXT NOT NULL DEFAULT '',
    leased_until TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX watches_of_guild ON watches (guild_id);
CREATE INDEX watches_of_maker ON watches (maker_id);
CREATE INDEX watches_to_ask ON watches (asked_at, id) WHERE paused IS NULL;

-- The stories that are news to a watch, by the article that is cited. state is waiting, claimed or told. A folded one is
-- only counted. nonce and claimed_at belong to the message that is being sent or was; shown_at stays with a story that
-- took one of the day's places.
CREATE TABLE watch_stories (
    id INTEGER PRIMARY KEY,
    watch_id TEXT NOT NULL REFERENCES watches (id) ON DELETE CASCADE,
    article_id TEXT NOT NULL,
    score REAL NOT NULL,
    found_at TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'waiting',
    folded INTEGER NOT NULL DEFAULT 0,
    nonce TEXT,
    claimed_at TEXT,
    shown_at TEXT,
    UNIQUE (watch_id, article_id)
) STRICT;
CREATE INDEX untold_stories ON watch_stories (watch_id) WHERE state <> 'told';

-- Every article whose story a watch has heard, so that a second report of it is not news.
CREATE TABLE watch_heard (
    watch_id TEXT NOT NULL REFERENCES watches (id) ON DELETE CASCADE,
    article_id TEXT NOT NULL,
    heard_at TEXT NOT NULL,
    PRIMARY KEY (watch_id, article_id)
) STRICT, WITHOUT ROWID;

-- What a generation held of the day on which a watch was made, shared by the watches that were made under it.
CREATE TABLE watch_baselines (
    generation TEXT NOT NULL,
    article_id TEXT NOT NULL,
    noted_at TEXT NOT NULL,
    PRIMARY KEY (generation, article_id)
) STRICT, WITHOUT ROWID;

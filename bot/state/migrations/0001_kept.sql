-- Times are ISO-8601 text in UTC with six digits after the second, so that they sort as they are; sets are sorted JSON
-- arrays. Every table belongs to a server or to an answer: bot/state/belongings.py says how, for export and deletion.

-- What a server chose. The columns that hold null were left to the installation.
CREATE TABLE guild_settings (
    guild_id INTEGER PRIMARY KEY NOT NULL,
    channels TEXT NOT NULL,
    sources_included TEXT NOT NULL,
    sources_excluded TEXT NOT NULL,
    language TEXT NOT NULL,
    place TEXT NOT NULL,
    user_cooldown_seconds INTEGER NOT NULL,
    guild_questions_per_minute INTEGER NOT NULL,
    maintainer_role_id INTEGER,
    private_by_default INTEGER NOT NULL,
    keeps_user_ids INTEGER NOT NULL,
    retention_days INTEGER
) STRICT;

-- Every question with what it got. refusal is null where it was answered; stems group refused questions that ask the
-- same. salt keeps the voters of two answers from being compared. What is marked as handled shows no more in a list.
CREATE TABLE answers (
    id TEXT PRIMARY KEY NOT NULL,
    question TEXT NOT NULL,
    asked_at TEXT NOT NULL,
    filters TEXT NOT NULL,
    generation TEXT NOT NULL,
    refusal TEXT,
    citation_ids TEXT NOT NULL,
    guild_id INTEGER,
    channel_id INTEGER,
    message_id INTEGER,
    previous_id TEXT,
    user_id INTEGER,
    private INTEGER NOT NULL,
    kept_at TEXT NOT NULL,
    stems TEXT NOT NULL,
    salt BLOB NOT NULL,
    gap_handled_at TEXT,
    feedback_handled_at TEXT
) STRICT;
CREATE INDEX answers_of_guild ON answers (guild_id, kept_at);
CREATE INDEX answers_of_message ON answers (message_id) WHERE message_id IS NOT NULL;
CREATE INDEX answers_of_channel ON answers (channel_id, kept_at) WHERE channel_id IS NOT NULL;
CREATE INDEX answers_of_user ON answers (user_id) WHERE user_id IS NOT NULL;
CREATE INDEX refused_answers ON answers (stems) WHERE refusal IS NOT NULL AND gap_handled_at IS NULL;

CREATE TABLE feedback (
    answer_id TEXT NOT NULL REFERENCES answers (id) ON DELETE CASCADE,
    voter BLOB NOT NULL,
    verdict TEXT NOT NULL,
    given_at TEXT NOT NULL,
    PRIMARY KEY (answer_id, voter)
) STRICT, WITHOUT ROWID;

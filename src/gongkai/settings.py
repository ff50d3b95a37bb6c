"""Settings, from the environment (``GONGKAI_*``) and a ``.env`` file; options override them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import SplitResult, unquote, urlsplit

from platformdirs import user_cache_path, user_state_path
from pydantic import AfterValidator, Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from gongkai.messages import say

#: A SHA-256 fingerprint, as openssl and Elasticsearch print it: colons or none.
SHA256 = r"^([0-9A-Fa-f]{2}:?){31}[0-9A-Fa-f]{2}$"
_ENCODED = re.compile(r"[A-Za-z0-9+/_=-]+")


def _encoded(key: SecretStr) -> SecretStr:
    """Take off the line end that a key out of a file has, and refuse what no header can carry.

    The HTTP client would refuse it, too, and repeat it.
    """
    text = key.get_secret_value().strip()
    if not _ENCODED.fullmatch(text):
        raise ValueError(say("不是编码后的 API 密钥", "no API key as Elasticsearch encodes it"))
    return SecretStr(text)


ApiKey = Annotated[SecretStr, AfterValidator(_encoded)]


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

    model_config = SettingsConfigDict(
        env_prefix="GONGKAI_", env_file=".env", extra="ignore", hide_input_in_errors=True
    )

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
    es_api_key: ApiKey | None = None
    es_ca: Path | None = None
    es_fingerprint: Annotated[str, Field(pattern=SHA256)] | None = None
    es_home: Path | None = None
    es_version: str = Field(default="8.19.21", pattern=r"^[89]\.\d+\.\d+$")
    es_port: int | None = Field(default=None, ge=1024, le=65535)
    es_heap: str = Field(default="1g", pattern=r"^[1-9]\d*[mg]$")
    index_prefix: str = Field(default="gongkai", pattern=r"^[a-z0-9][a-z0-9_.-]*$")
    analyzer: Literal["bigram", "smartcn", "icu", "ik"] = "bigram"
    state_dir: Path = Field(default_factory=lambda: user_state_path("gongkai"))
    cache_dir: Path = Field(default_factory=lambda: user_cache_path("gongkai"))

    @field_validator("plugins_dir", "disable_plugins", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(part.strip() for part in value.split(",") if part.strip())
        return value


def split_address(url: str) -> tuple[SplitResult, tuple[str, str] | None]:
    """Take user and password out of ``https://user:password@host:9200/path``.

    Returns:
        the address without them, and them.

    Raises:
        ValueError: it is no address. The message repeats nothing of it, for a password with an
            unescaped ``/`` or ``#`` is what makes an address none.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        host = None
    if (
        host is None
        or parts.scheme not in {"http", "https"}
        or "@" in parts.path + parts.query + parts.fragment
    ):
        raise ValueError("not an address")
    host = f"[{host}]" if ":" in host else host
    bare = SplitResult(parts.scheme, host if port is None else f"{host}:{port}", parts.path, "", "")
    if parts.username is None:
        return bare, None
    return bare, (unquote(parts.username), unquote(parts.password or ""))

"""How to reach Kibana, from the environment (``GONGKAI_KIBANA_*``) and a ``.env`` file."""

from __future__ import annotations

from base64 import b64encode
from pathlib import Path
from typing import Annotated

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from gongkai.settings import SHA256, ApiKey


class KibanaSettings(BaseSettings):
    """The address of a Kibana and who one is there.

    Attributes:
        url: address, e.g. ``https://kibana.example.org:5601``.
        space: space that the dashboards live in; ``default`` is Kibana's own.
        user: user name for basic authentication.
        password: its password.
        api_key: API key as Elasticsearch encodes it, instead of user and password.
        ca: file with the certificate authority.
        fingerprint: SHA-256 fingerprint of Kibana's own certificate, instead of an authority.
        wait: seconds to wait until Kibana is available; by default two minutes where it answers,
            and not at all where nothing listens.
    """

    model_config = SettingsConfigDict(
        env_prefix="GONGKAI_KIBANA_", env_file=".env", extra="ignore", hide_input_in_errors=True
    )

    url: str = "http://127.0.0.1:5601"
    space: str = Field(default="gongkai", pattern=r"^[a-z0-9_-]+$")
    user: str | None = None
    password: SecretStr | None = None
    api_key: ApiKey | None = None
    ca: Path | None = None
    fingerprint: Annotated[str, Field(pattern=SHA256)] | None = None
    wait: float | None = Field(default=None, ge=0)

    def authorization(self) -> dict[str, str]:
        """Return the header that says who asks; none where nobody is named."""
        if self.api_key is not None:
            return {"Authorization": f"ApiKey {self.api_key.get_secret_value()}"}
        if self.user is None:
            return {}
        password = self.password.get_secret_value() if self.password is not None else ""
        token = b64encode(f"{self.user}:{password}".encode()).decode("ascii")
        return {"Authorization": f"Basic {token}"}

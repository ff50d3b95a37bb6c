"""The few calls to Kibana that the installer makes. Secrets are in no message and no ``repr``."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Literal

import urllib3

from gongkai.errors import BackendError, UsageError
from gongkai.kibana.refusals import refused
from gongkai.messages import say
from gongkai.settings import split_address

if TYPE_CHECKING:
    from collections.abc import Callable

    from gongkai.kibana.settings import KibanaSettings

_DEFAULT_SPACE = "default"
_TIMEOUT = urllib3.Timeout(connect=10, read=60)
_PAUSE = 2.0
#: Seconds that a Kibana which answers has to become available, unless the settings say.
_PATIENCE = 120.0
_SHOWN = 300


#: What an import does with objects that are there: replace them, keep them, or add copies.
Existing = Literal["replace", "keep", "copy"]
_QUERIES: dict[Existing, str] = {
    "replace": "?overwrite=true",
    "keep": "",  # each is told as a conflict
    "copy": "?createNewCopies=true",
}


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer."""

    status: int
    text: str

    @property
    def body(self) -> Any:  # noqa: ANN401 - any JSON
        """The text, as JSON where it is."""
        try:
            return json.loads(self.text)
        except ValueError:
            return self.text


class KibanaClient:
    """A Kibana, and one space of it.

    Args:
        settings: address and credentials.
        sleep: waits a number of seconds.
        note: called with a message before something that takes time.

    Raises:
        UsageError: the address is not one, or the certificate authority cannot be read.
    """

    def __init__(
        self,
        settings: KibanaSettings,
        sleep: Callable[[float], None] = time.sleep,
        note: Callable[[str], None] = lambda _: None,
    ) -> None:
        try:
            parts, credentials = split_address(settings.url)
        except ValueError:
            parts, credentials = None, None
        if parts is None or credentials is not None:
            raise UsageError(
                say("GONGKAI_KIBANA_URL 不是网址。", "GONGKAI_KIBANA_URL is not an address."),
                hint=say(
                    "例如 http://127.0.0.1:5601；用户名和密码另设变量。",
                    "Such as http://127.0.0.1:5601; user and password have their own variables.",
                ),
            )
        self.url = parts.geturl().rstrip("/")
        self.space = settings.space
        self._wait = settings.wait
        self._sleep, self._note = sleep, note
        self._headers = {"kbn-xsrf": "true", **settings.authorization()}
        options: dict[str, Any] = {"timeout": _TIMEOUT, "retries": False}
        if settings.ca is not None:
            if not settings.ca.is_file():
                raise UsageError(
                    say(f"没有证书文件 {settings.ca}。", f"There is no file {settings.ca}."),
                    hint=say("请检查 GONGKAI_KIBANA_CA。", "Check GONGKAI_KIBANA_CA."),
                )
            options["ca_certs"] = str(settings.ca)
        if settings.fingerprint is not None:
            # The fingerprint names the one certificate that is accepted, whoever signed it.
            options |= {"assert_fingerprint": settings.fingerprint, "cert_reqs": "CERT_NONE"}
        self._http = urllib3.PoolManager(**options)

    def wait_until_available(self) -> None:
        """Wait until Kibana is up, for as long as the settings say.

        Raises:
            BackendError: it is not available in time, or nothing listens and nobody asked to wait.
        """
        waited, last = 0.0, ""
        patience = _PATIENCE if self._wait is None else self._wait
        while True:
            try:
                reply = self._send("GET", "/api/status", in_space=False)
            except BackendError as error:
                if isinstance(error.__cause__, urllib3.exceptions.SSLError):
                    raise  # a certificate that is not trusted stays so
                if self._wait is None and not waited and _is_nobody(error.__cause__):
                    raise
                last = error.message
            else:
                if reply.status == HTTPStatus.OK and _level(reply.body) == "available":
                    return
                if reply.status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
                    raise self._refused(reply, "GET /api/status")
                last = f"{reply.status} {_level(reply.body) or ''}".strip()
            if waited >= patience:
                raise BackendError(
                    say(
                        f"Kibana {self.url} 在 {patience:g} 秒内不可用：{last}",
                        f"Kibana at {self.url} was not available in {patience:g} s: {last}",
                    ),
                    hint=say(
                        "请检查 GONGKAI_KIBANA_URL；启动慢时加大 GONGKAI_KIBANA_WAIT。",
                        "Check GONGKAI_KIBANA_URL; raise GONGKAI_KIBANA_WAIT if it is slow.",
                    ),
                )
            if not waited:
                self._note(say(f"正在等待 Kibana {self.url} …", f"waiting for Kibana {self.url} …"))
            self._sleep(_PAUSE)
            waited += _PAUSE

    def ensure_space(self) -> bool:
        """Create the space where it is missing; return whether it was."""
        if self.space == _DEFAULT_SPACE:
            return False
        reply = self._send("GET", f"/api/spaces/space/{self.space}", in_space=False)
        if reply.status == HTTPStatus.OK:
            return False
        if reply.status != HTTPStatus.NOT_FOUND:
            raise self._refused(reply, "GET /api/spaces/space")
        space = {"id": self.space, "name": "政府信息公开", "color": "#6092C0", "initials": "公"}
        reply = self._send("POST", "/api/spaces/space", in_space=False, document=space)
        if reply.status == HTTPStatus.CONFLICT:  # somebody else was quicker
            return False
        if reply.status != HTTPStatus.OK:
            raise self._refused(reply, "POST /api/spaces/space")
        return True

    def import_objects(self, ndjson: str, existing: Existing) -> dict[str, Any]:
        """Import a bundle and return Kibana's account of it, which may tell of errors.

        Args:
            ndjson: the bundle.
            existing: what becomes of objects that are there.
        """
        call = f"/api/saved_objects/_import{_QUERIES[existing]}"
        file = ("gongkai.ndjson", ndjson.encode(), "application/ndjson")
        reply = self._send("POST", call, file=file)
        account = reply.body
        if reply.status != HTTPStatus.OK or not isinstance(account, dict):
            raise self._refused(reply, f"POST {call}")
        return account

    def export_objects(self, objects: list[tuple[str, str]]) -> str:
        """Export objects by type and identifier, as NDJSON."""
        wanted = {
            "objects": [{"type": kind, "id": name} for kind, name in objects],
            "includeReferencesDeep": False,
            "excludeExportDetails": True,
        }
        reply = self._send("POST", "/api/saved_objects/_export", document=wanted)
        if reply.status != HTTPStatus.OK:
            raise self._refused(reply, "POST /api/saved_objects/_export")
        return reply.text

    def put_role(self, name: str, role: dict[str, Any]) -> None:
        """Create or replace a role, with its rights in Elasticsearch and in Kibana."""
        call = f"/api/security/role/{name}"
        reply = self._send("PUT", call, in_space=False, document=role)
        if reply.status not in {HTTPStatus.OK, HTTPStatus.NO_CONTENT}:
            raise self._refused(reply, f"PUT {call}")

    def dashboard_url(self, name: str) -> str:
        """Return the address at which people see a dashboard."""
        return f"{self.url}{self._prefix(in_space=True)}/app/dashboards#/view/{name}"

    def _prefix(self, *, in_space: bool) -> str:
        return f"/s/{self.space}" if in_space and self.space != _DEFAULT_SPACE else ""

    def _send(
        self,
        method: str,
        path: str,
        *,
        in_space: bool = True,
        document: dict[str, Any] | None = None,
        file: tuple[str, bytes, str] | None = None,
    ) -> Reply:
        options: dict[str, Any] = {"headers": self._headers}
        if document is not None:
            options["json"] = document
        if file is not None:
            options["fields"] = {"file": file}
        try:
            answer = self._http.request(
                method, f"{self.url}{self._prefix(in_space=in_space)}{path}", **options
            )
        except urllib3.exceptions.HTTPError as error:
            raise BackendError(
                say(
                    f"连接不上 Kibana {self.url}：{_cause(error)}。",
                    f"Kibana at {self.url} cannot be reached: {_cause(error)}.",
                ),
                hint=_unreachable_hint(error),
            ) from error
        return Reply(answer.status, answer.data.decode("utf-8", errors="replace"))

    def _refused(self, reply: Reply, call: str) -> BackendError:
        return refused(self.url, self.space, reply.status, reply.body, call)


def _level(body: object) -> str | None:
    """Return the level of a status; people who are not logged in see a short one."""
    try:
        return str(body["status"]["overall"]["level"])  # type: ignore[index] # checked by failing
    except (KeyError, TypeError):
        return None


def _is_nobody(error: BaseException | None) -> bool:
    """Tell whether nothing listens at the address, or there is no such host."""
    return isinstance(error, urllib3.exceptions.NewConnectionError)


def _unreachable_hint(error: Exception) -> str:
    if _is_nobody(error):
        return say(
            "请检查 GONGKAI_KIBANA_URL；若 Kibana 正在启动，可设 GONGKAI_KIBANA_WAIT=120 等待。",
            "Check GONGKAI_KIBANA_URL; GONGKAI_KIBANA_WAIT=120 waits for a Kibana that starts.",
        )
    return say(
        "请检查 GONGKAI_KIBANA_URL、GONGKAI_KIBANA_CA 与 GONGKAI_KIBANA_FINGERPRINT。",
        "Check GONGKAI_KIBANA_URL, GONGKAI_KIBANA_CA and GONGKAI_KIBANA_FINGERPRINT.",
    )


def _cause(error: Exception) -> str:
    reason = getattr(error, "reason", None)
    return str(reason or error)[:_SHOWN]

"""A stand-in for Kibana that is stricter than the real one.

It knows users, API keys, the ``kbn-xsrf`` header, spaces, roles, import and export. It refuses
every key that it does not know, objects of later versions, missing references and conflicts.
"""

from __future__ import annotations

import base64
import json
import ssl
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.policy import HTTP
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

USER, PASSWORD, API_KEY = "installer", "correct horse", "aWQ6a2V5"
_OBJECT_KEYS = {
    *("id", "type", "attributes", "references", "managed"),
    *("coreMigrationVersion", "typeMigrationVersion"),
}
_SPACE_KEYS = {"id", "name", "description", "color", "initials", "disabledFeatures", "solution"}
_ROLE_KEYS = {"description", "metadata", "elasticsearch", "kibana"}
_EXPORT_KEYS = {"objects", "includeReferencesDeep", "excludeExportDetails"}
#: What this version of Kibana has; later ones are refused.
_VERSIONS = {"index-pattern": "8.0.0", "tag": "8.0.0", "search": "10.5.0", "dashboard": "10.2.0"}
_CHECKED_REFERENCES = {"index-pattern", "search"}


@dataclass
class State:
    """What the stand-in keeps, and how it behaves.

    Attributes:
        objects: by space, type and identifier.
        spaces: that exist.
        roles: by name.
        starting: how many times it still says that it is not available.
        versions: latest version by type; a type that is missing is not supported.
        alter: changes what is exported, as a later Kibana might.
        seen: paths of the requests.
        forbidden: what the user may not call, by a part of its path.
    """

    objects: dict[tuple[str, str, str], dict[str, Any]] = field(default_factory=dict)
    spaces: set[str] = field(default_factory=lambda: {"default"})
    roles: dict[str, Any] = field(default_factory=dict)
    starting: int = 0
    versions: dict[str, str] = field(default_factory=lambda: dict(_VERSIONS))
    alter: Any = None
    copies: int = 0
    seen: list[str] = field(default_factory=list)
    forbidden: str | None = None


@contextmanager
def stand_in(state: State, certificate: Path | None = None) -> Iterator[str]:
    """Run the stand-in on a free port and yield its address.

    Args:
        state: what it keeps.
        certificate: file with key and certificate, to speak TLS.
    """

    class Handler(_Handler):
        kept = state

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        scheme = "http" if certificate is None else "https"
        yield f"{scheme}://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Refused(Exception):  # noqa: N818 - an answer rather than an error
    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status, self.message = status, message


class _Handler(BaseHTTPRequestHandler):
    kept: State

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
        """Print nothing."""

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def do_PUT(self) -> None:
        self._answer()

    def _answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.kept.seen.append(f"{self.command} {self.path}")
        try:
            if self.kept.forbidden is not None and self.kept.forbidden in self.path:
                raise _Refused(403, "Forbidden")  # noqa: TRY301 - as the routes do
            status, answer = self._route(body)
        except _Refused as refused:
            status, answer = refused.status, {"message": refused.message}
        data = b"" if answer is None else answer if isinstance(answer, bytes) else _json(answer)
        self.send_response(status)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def _route(self, body: bytes) -> tuple[int, Any]:
        parts = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        path, space = parts.path, "default"
        if path.startswith("/s/"):
            _, _, space, path = path.split("/", 3)
            path = f"/{path}"
        known = self._known()
        if (self.command, path) == ("GET", "/api/status"):
            return self._status(known=known)
        if not known:
            raise _Refused(401, "[security_exception]: unable to authenticate user")
        if self.command != "GET" and "kbn-xsrf" not in self.headers:
            raise _Refused(400, "Request must contain a kbn-xsrf header.")
        if path.startswith("/api/spaces/space"):
            return self._space(path.removeprefix("/api/spaces/space").lstrip("/"), body)
        if path.startswith("/api/security/role/") and self.command == "PUT":
            role = _checked(json.loads(body), _ROLE_KEYS)
            self.kept.roles[path.rsplit("/", 1)[-1]] = role
            return 204, None
        if space not in self.kept.spaces:
            raise _Refused(404, f"no space {space}")
        if (self.command, path) == ("POST", "/api/saved_objects/_import"):
            return self._import(space, query, body)
        if (self.command, path) == ("POST", "/api/saved_objects/_export"):
            return self._export(space, body)
        raise _Refused(404, f"no route {self.command} {path}")

    def _known(self) -> bool:
        token = base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
        given = self.headers.get("Authorization")
        return given in {f"Basic {token}", f"ApiKey {API_KEY}"}

    def _status(self, *, known: bool) -> tuple[int, Any]:
        if self.headers.get("Authorization") and not known:
            raise _Refused(401, "[security_exception]: unable to authenticate user")
        if self.kept.starting > 0:
            self.kept.starting -= 1
            return 503, b"Kibana server is not ready yet."
        status = {"status": {"overall": {"level": "available"}}}
        return 200, {**status, "version": {"number": "8.19.21"}} if known else status

    def _space(self, name: str, body: bytes) -> tuple[int, Any]:
        if self.command == "GET":
            if name not in self.kept.spaces:
                raise _Refused(404, "Not Found")
            return 200, {"id": name}
        space = _checked(json.loads(body), _SPACE_KEYS)
        if space["id"] in self.kept.spaces:
            raise _Refused(409, "conflict")
        self.kept.spaces.add(space["id"])
        return 200, space

    def _import(self, space: str, query: dict[str, str], body: bytes) -> tuple[int, Any]:
        _checked(query, {"overwrite", "createNewCopies", "compatibilityMode"})
        copies = query.get("createNewCopies") == "true"
        if copies and "overwrite" in query:
            raise _Refused(400, "[overwrite] is exclusive with [createNewCopies]")
        objects = [json.loads(line) for line in self._file(body).splitlines()]
        for item in objects:
            _checked(item, _OBJECT_KEYS)
            latest = self.kept.versions.get(item["type"])
            if latest is not None and _version(item["typeMigrationVersion"]) > _version(latest):
                raise _Refused(
                    422,
                    f"Document {item['id']} belongs to a more recent version of Kibana "
                    f"[{item['typeMigrationVersion']}] when the last known is [{latest}].",
                )
        errors, taken = [], []
        sent = {(item["type"], item["id"]) for item in objects}
        for item in objects:
            error = self._error(space, item, sent, overwrite=query.get("overwrite") == "true")
            if error is not None and not (copies and error["type"] == "conflict"):
                errors.append({"type": item["type"], "id": item["id"], "error": error})
                continue
            name = item["id"]
            if copies:
                self.kept.copies += 1
                name = f"copy-{self.kept.copies}"
            self.kept.objects[space, item["type"], name] = {**item, "id": name}
            taken.append({"type": item["type"], "id": item["id"], "destinationId": name})
        answer = {
            "success": not errors,
            "successCount": len(taken),
            "successResults": taken,
            "warnings": [],
        }
        return 200, {**answer, "errors": errors} if errors else answer

    def _file(self, body: bytes) -> str:
        header = f"Content-Type: {self.headers['Content-Type']}\r\n\r\n".encode()
        (part,) = message_from_bytes(header + body, policy=HTTP).iter_parts()
        if part.get_param("name", header="content-disposition") != "file":
            raise _Refused(400, "[request body.file]: expected value")
        if not str(part.get_filename()).endswith(".ndjson"):
            raise _Refused(400, "Invalid file extension")
        content = part.get_payload(decode=True)
        assert isinstance(content, bytes)
        return content.decode()

    def _error(
        self, space: str, item: dict[str, Any], sent: set[tuple[str, str]], *, overwrite: bool
    ) -> dict[str, Any] | None:
        kind, name = item["type"], item["id"]
        if kind not in self.kept.versions:
            return {"type": "unsupported_type"}
        missing = [
            {"type": one["type"], "id": one["id"]}
            for one in item["references"]
            if one["type"] in _CHECKED_REFERENCES
            and (one["type"], one["id"]) not in sent
            and (space, one["type"], one["id"]) not in self.kept.objects
        ]
        if missing:
            return {"type": "missing_references", "references": missing}
        if (space, kind, name) in self.kept.objects and not overwrite:
            return {"type": "conflict"}
        return None

    def _export(self, space: str, body: bytes) -> tuple[int, Any]:
        wanted = _checked(json.loads(body), _EXPORT_KEYS)
        lines = []
        for one in wanted["objects"]:
            found = self.kept.objects.get((space, one["type"], one["id"]))
            if found is None:
                continue
            # A real one adds these, writes JSON its own way, and keeps references in any order.
            item = {**found, "updated_at": "2026-01-01T00:00:00.000Z", "version": "WzEsMV0="}
            item["references"] = list(reversed(item["references"]))
            lines.append(self.kept.alter(item) if self.kept.alter else item)
        return 200, "\n".join(json.dumps(line) for line in lines).encode()


def _checked(given: dict[str, Any], keys: set[str]) -> dict[str, Any]:
    for name in given.keys() - keys:
        raise _Refused(400, f"[request body.{name}]: definition for this key is missing")
    return given


def _version(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split("."))


def _json(answer: object) -> bytes:
    return json.dumps(answer).encode()

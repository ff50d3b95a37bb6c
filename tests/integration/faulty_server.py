"""A small HTTP server in front of a real Elasticsearch that makes it fail as real ones do."""

from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_HOP = {"connection", "transfer-encoding", "content-length", "host"}


@dataclass
class Faults:
    """What goes wrong; all else passes.

    Attributes:
        busy_items: status of single documents, by ``_id``, and how often it is answered.
        busy_requests: status of whole bulk requests, and how often.
        largest: bytes of a bulk request above which it is refused.
        too_large: status of that.
        die_after: bulk requests that pass before the connection is cut, for good.
        meanwhile: called once, when a bulk request has arrived and nothing of it has passed.
        lost_answers: how many bulk requests are carried out, and their answers never sent.
        half_answers: how many bulk requests are answered with half of the answer's text.
        seen: documents of every bulk request that arrived, as lists of ``_id``.
    """

    busy_items: dict[str, tuple[int, int]] = field(default_factory=dict)
    busy_requests: tuple[int, int] = (0, 0)
    largest: int | None = None
    too_large: int = 413
    die_after: int | None = None
    meanwhile: Callable[[], object] | None = None
    lost_answers: int = 0
    half_answers: int = 0
    seen: list[list[str]] = field(default_factory=list)


@contextmanager
def faulty_server(target: str, faults: Faults) -> Iterator[str]:
    """Run the server; yield its address."""

    class Handler(_Handler):
        upstream = urlsplit(target)
        wrong = faults

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    upstream: Any
    wrong: Faults

    def do_GET(self) -> None:
        self._pass()

    def do_PUT(self) -> None:
        self._pass()

    def do_POST(self) -> None:
        self._pass()

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def _pass(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length") or 0))
        if urlsplit(self.path).path.endswith("/_bulk"):
            self._bulk(body)
        else:
            self._answer(*self._ask(body))

    def _ask(self, body: bytes) -> tuple[int, dict[str, str], bytes]:
        connection = HTTPConnection(self.upstream.hostname, self.upstream.port, timeout=60)
        headers = {k: v for k, v in self.headers.items() if k.lower() not in _HOP}
        connection.request(self.command, self.path, body, headers)
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        kept = {k: v for k, v in answer.getheaders() if k.lower() not in _HOP}
        return answer.status, kept, content

    def _answer(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _refuse(self, status: int) -> None:
        headers = {"content-type": "application/json", "X-Elastic-Product": "Elasticsearch"}
        error = {"error": {"type": "fault", "reason": f"made to answer {status}"}}
        self._answer(status, headers, json.dumps({**error, "status": status}).encode())

    def _bulk(self, body: bytes) -> None:
        actions = _actions(body)
        wrong = self.wrong
        wrong.seen.append([target["_id"] for _, target, _ in actions])
        if wrong.die_after is not None and len(wrong.seen) > wrong.die_after:
            self.connection.close()
            self.close_connection = True
            return
        if wrong.meanwhile is not None:
            meanwhile, wrong.meanwhile = wrong.meanwhile, None
            meanwhile()
        status, times = wrong.busy_requests
        if times:
            wrong.busy_requests = (status, times - 1)
            self._refuse(status)
            return
        if wrong.largest is not None and len(body) > wrong.largest:
            self._refuse(wrong.too_large)
            return
        refused: dict[int, dict[str, Any]] = {}
        passed = b""
        for position, (verb, target, lines) in enumerate(actions):
            status, times = wrong.busy_items.get(target["_id"], (0, 0))
            if not times:
                passed += lines
                continue
            wrong.busy_items[target["_id"]] = (status, times - 1)
            error = {"type": "es_rejected_execution_exception", "reason": "the queue is full"}
            refused[position] = {verb: {"_id": target["_id"], "status": status, "error": error}}
        done: dict[str, Any] = {"took": 0, "errors": False, "items": []}
        headers = {"content-type": "application/json", "X-Elastic-Product": "Elasticsearch"}
        if passed:
            code, headers, content = self._ask(passed)
            if code != 200:
                self._answer(code, headers, content)
                return
            done = json.loads(content)
        accepted = iter(done["items"])
        done["items"] = [refused.get(p) or next(accepted) for p in range(len(actions))]
        self._confirm(headers, json.dumps(done).encode())

    def _confirm(self, headers: dict[str, str], answer: bytes) -> None:
        wrong = self.wrong
        if wrong.lost_answers:
            wrong.lost_answers -= 1
            self.connection.close()
            self.close_connection = True
            return
        if wrong.half_answers:
            wrong.half_answers -= 1
            answer = answer[: len(answer) // 2]
        self._answer(200, headers, answer)


def _actions(body: bytes) -> list[tuple[str, dict[str, Any], bytes]]:
    lines = iter(body.splitlines(keepends=True))
    found = []
    for line in lines:
        ((verb, target),) = json.loads(line).items()
        found.append((verb, target, line if verb == "delete" else line + next(lines)))
    return found

"""What Kibana refuses, as an error that names who may."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from gongkai.errors import BackendError
from gongkai.messages import say

_SHOWN = 300


def refused(url: str, space: str, status: int, body: Any, call: str) -> BackendError:  # noqa: ANN401 - any JSON
    """Return the error for a request that Kibana refused.

    Args:
        url: address of Kibana.
        space: that the dashboards live in.
        status: of the answer.
        body: of the answer.
        call: method and path of the request.
    """
    if status == HTTPStatus.UNAUTHORIZED:
        return BackendError(
            say(
                f"Kibana {url} 不接受用户名、密码或 API 密钥（401）。",
                f"Kibana at {url} does not accept the credentials (401).",
            ),
            hint=say(
                "请检查 GONGKAI_KIBANA_USER 与 _PASSWORD，或 GONGKAI_KIBANA_API_KEY。",
                "Check GONGKAI_KIBANA_USER and _PASSWORD, or GONGKAI_KIBANA_API_KEY.",
            ),
        )
    why = body.get("message") if isinstance(body, dict) else body
    text = say("Kibana 拒绝请求", "Kibana refuses the request")
    hint = _who_may(space, call) if status == HTTPStatus.FORBIDDEN else ""
    return BackendError(f"{text}: {call}: {status} {str(why)[:_SHOWN]}", hint=hint)


def _who_may(space: str, call: str) -> str:
    if "/api/security/" in call:
        return say(
            "建立角色需要 manage_security 权限。",
            "Making roles asks for the privilege manage_security.",
        )
    if "/api/spaces/" in call:
        return say(
            f"请由管理员先建立空间 {space}；之后 gongkai_dashboards 角色即可安装。",
            f"Let an administrator make the space {space}; the role gongkai_dashboards is enough "
            "after that.",
        )
    return say(
        "请换用有 gongkai_dashboards 角色的用户。",
        "Use a user with the role gongkai_dashboards.",
    )

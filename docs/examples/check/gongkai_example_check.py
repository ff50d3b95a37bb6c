"""Says when every applicant's request was granted in a year with many: worth a look."""

from gongkai import Finding, Report, hookimpl

MANY = 10


@hookimpl
def gongkai_check_report(report: Report) -> list[Finding]:
    """Compare what was granted with what was received."""
    received = report.requests.received.total
    granted = report.requests.outcome.granted.total
    if received is None or received < MANY or granted != received:
        return []
    return [
        Finding(
            rule="ROUND.ALL_GRANTED",
            severity="info",
            message=f"{received} 件申请全部予以公开",
            message_en=f"all {received} requests were granted",
            cells=["requests.received.total", "requests.outcome.granted.total"],
        )
    ]

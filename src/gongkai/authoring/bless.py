"""``gongkai layout bless``: the only writer of ``expected.json``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from difflib import unified_diff
from typing import TYPE_CHECKING

from gongkai.authoring.places import layouts_of, plugin_folder
from gongkai.errors import GongkaiError, UsageError
from gongkai.messages import say
from gongkai.testing.behaviour import Shown, sample_hash
from gongkai.testing.loading import plugins_with
from gongkai.testing.samples import Sample, canonical, samples_of

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from gongkai.settings import Settings


class UnacceptedError(GongkaiError):
    """A sample whose identities fail, or that is rejected, and nobody said that this is right."""


@dataclass(frozen=True)
class Candidate:
    """An expectation that may be written.

    Attributes:
        sample: the sample.
        text: what ``expected.json`` would hold.
        diff: lines that show the change.
        needs: rules of failing identities, or the reason of a rejection.
    """

    sample: Sample
    text: str
    diff: tuple[str, ...]
    needs: frozenset[str]

    @property
    def changed(self) -> bool:
        """Whether ``expected.json`` is not like that already."""
        return bool(self.diff)


def candidates(path: Path, settings: Settings) -> list[Candidate]:
    """Read a sample, or all samples of a plugin, as its layout does.

    Args:
        path: a sample's folder, or a plugin's.
        settings: for reading.

    Raises:
        UsageError: no sample is there, the page is not the one that ``meta.json`` names, or the
            layout fails on it.
    """
    path = path.resolve()
    if path.parent.name == "samples":
        folder, samples = plugin_folder(str(path.parents[1])), [Sample(path)]
    else:
        folder = plugin_folder(str(path))
        samples = samples_of(folder)
    samples = [sample for sample in samples if sample.source_path is not None]
    if not samples:
        raise UsageError(
            say(f"{path} 中没有样本。", f"{path} holds no sample (source.*)."),
            hint=say(
                "样本由 gongkai layout new 从页面建立。",
                "gongkai layout new makes samples from pages.",
            ),
        )
    plugins = plugins_with(settings, folder)
    layout = layouts_of(plugins, folder)[0]
    return [_candidate(Shown(sample, layout, plugins, settings)) for sample in samples]


def _candidate(shown: Shown) -> Candidate:
    sample = shown.sample
    for complaint in sample_hash(shown):
        raise UsageError(
            f"{sample.folder}: {complaint}",
            hint=say("样本须为原样页面。", "A sample is the page as it was received."),
        )
    if not shown.result:
        raise UsageError(f"{sample.folder}: {shown.error}")
    rejected = shown.result.get("rejected")
    critical = {f.rule for f in shown.findings if f.severity == "critical"}
    text = canonical(shown.result)
    before = sample.expected_path.read_text("utf-8") if sample.expected is not None else ""
    diff = unified_diff(
        before.splitlines(), text.splitlines(), "expected.json", "reading", lineterm="", n=2
    )
    return Candidate(
        sample, text, tuple(diff), frozenset({rejected} if rejected is not None else critical)
    )


def bless(candidate: Candidate, reviewed_by: str, accepted: Collection[str] = ()) -> None:
    """Write ``expected.json``, and into ``meta.json`` who reviewed it and when.

    Raises:
        UnacceptedError: identities fail (or the page is rejected) and ``accepted`` does not name
            their rules (or the reason).
    """
    missing = sorted(candidate.needs - set(accepted))
    if missing:
        rules = ",".join(missing)
        raise UnacceptedError(
            say(
                f"{candidate.sample.folder.name}：读取结果不成立：{rules}。未写入。",
                f"{candidate.sample.folder.name}: the reading does not hold: {rules}. "
                "Nothing was written.",
            ),
            hint=say(
                f"若页面本身如此，请加 --accept-findings {rules}；否则修正版式。",
                f"If the page itself says so, add --accept-findings {rules}; else correct the "
                "layout.",
            ),
        )
    sample = candidate.sample
    meta = {
        **sample.meta,
        "reviewed_by": reviewed_by,
        "reviewed_on": datetime.now(UTC).date().isoformat(),
    }
    meta.pop("accepted_findings", None)
    if candidate.needs:
        meta["accepted_findings"] = sorted(candidate.needs)
    sample.expected_path.write_text(candidate.text, encoding="utf-8")
    (sample.folder / "meta.json").write_text(canonical(meta), encoding="utf-8")

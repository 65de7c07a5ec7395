"""The page stands alone, speaks both languages, says what it cannot tell, and runs no text of its users."""

from __future__ import annotations

import base64
import csv
import io
import json
import re
import shutil
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from optimize.plan import Status
from results.certificate import birth_certificate
from results.charts import apart, safe, wrapped
from results.compare import Verdict, compare
from results.groupings import groupings
from results.numbers import number
from results.page import PageReport, page_html, page_report, write_page
from results.page_tables import csv_text, table, words
from results.phrases import verdict_words
from results.sentences_verdict import headline, price
from scenarios.district import District
from scenarios.text import Text
from sim.outcome import Outcome
from tests import fabricated

HOSTILE = (
    "</script><script>window.__pwned=1</script>",
    "<img src=x onerror=window.__pwned=1>",
    "<svg/onload=window.__pwned=1>",
    '"><b onmouseover=window.__pwned=1>',
    "<a href='javascript:window.__pwned=1'>甲</a>",
    "&lt;script&gt;window.__pwned=1&lt;/script&gt;",
    "%{x} {{7*7}} $\\alpha$",
    "a\u202ebc\u2028d",
    "<!--<script>",
    "=1+1",
    "＝甲",
)


SOURCE = Text("区财政局〔2026〕12号", "District Finance Bureau 2026 No. 12")


@dataclass(frozen=True)
class Made:
    """A scenario as far as the page looks at it."""

    id: str
    name: Text
    source: Text = SOURCE

    def resolved(self) -> dict[str, Any]:
        """Settings in which the policies differ."""
        return {"plan": {"years": 3}, "mechanisms": {self.id: {"ratio": 1.0}}, "source": self.source}


def _report(
    place: District, runs: Sequence[Outcome], names: dict[str, Text] | None = None, **changes: Any
) -> PageReport:
    policies = tuple(dict.fromkeys(run.policy for run in runs))
    plans = {policy: fabricated.plan(place, policy) for policy in policies if policy in fabricated.POLICIES}
    scenarios = [Made(p, (names or {}).get(p) or fabricated.POLICIES[p][0]) for p in policies]
    comparison = compare(runs, against="equal-split", groups=groupings(place))
    manifest = birth_certificate(inputs={"a.yaml": b"x"}, plans=plans, seed=1, futures=4, replications=1,
                                 started=datetime.now(UTC), runs_planned=24, runs_done=24)  # fmt: skip
    return page_report(place, scenarios, plans, runs, comparison, {**manifest, **changes}, name="演示")


@pytest.fixture(scope="module")
def place() -> District:
    return fabricated.district(60)


@pytest.fixture(scope="module")
def report(place: District) -> PageReport:
    return _report(place, fabricated.study(place, futures=4, replications=1))


@pytest.fixture(scope="module")
def html(report: PageReport) -> str:
    return page_html(report)


class _Seen(HTMLParser):
    """What a reader sees, by language, and the elements that a page may not hold."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self.hidden = "en" if language == "zh" else "zh-CN"
        self.stack: list[bool] = []
        self.text: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        if tag not in ("meta", "link", "br", "img"):
            skipped = tag in ("script", "style") or (tag == "span" and ("lang", self.hidden) in attrs)
            self.stack.append(skipped or bool(self.stack and self.stack[-1]))

    def handle_endtag(self, tag: str) -> None:
        self.stack.pop()

    def handle_data(self, data: str) -> None:
        if data.strip() and not (self.stack and self.stack[-1]):
            self.text.append(data.strip())


def _seen(html: str, language: str) -> _Seen:
    seen = _Seen(language)
    seen.feed(html)
    return seen


def test_the_page_asks_nothing_of_any_network(html: str) -> None:
    """Nothing on the page points outside it, and its policy forbids every fetch."""
    seen = _seen(html, "zh")
    links = [value for _, name, value in seen.attributes if name in ("src", "href", "action", "srcset")]
    assert all(link.startswith(("#", "data:")) for link in links)
    policy = next(value for tag, name, value in seen.attributes if tag == "meta" and value.startswith("default-src"))
    assert "default-src 'none'" in policy
    assert "unsafe-inline" not in policy.split("script-src")[1].split(";")[0]
    assert len(html.encode()) < 8_000_000


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_broken_number_is_shown(html: str, language: str) -> None:
    """No NaN, None, undefined, infinity or negative zero in either language."""
    shown = "\n".join(_seen(html, language).text)
    assert not re.search(r"\b(nan|NaN|None|undefined|inf|Infinity)\b", shown)
    assert not re.search(r"[-−]0(\.0+)?(?![\d.,])", shown)


def test_both_languages_are_complete(html: str) -> None:
    """Every text has its pair; the English page holds no Chinese but names, the Chinese one has Chinese headings."""
    assert html.count('<span lang="zh-CN">') == html.count('<span lang="en">')
    names = "|".join(["社区", "村", "中文", *fabricated.STREETS, "区财政局", "演示", "号", "图表需要脚本"])
    english = [
        text for text in _seen(html, "en").text if re.search(r"[\u4e00-\u9fff]", text) and not re.search(names, text)
    ]
    assert english == []
    assert sum(bool(re.search(r"[\u4e00-\u9fff]", text)) for text in _seen(html, "zh").text) > 200


def test_every_figure_of_synthetic_data_is_stamped(html: str, place: District, report: PageReport) -> None:
    """Figures of synthetic data carry the stamp, figures of real data do not."""
    figures = html.count('<figure class="chart')
    assert figures == html.count('<span class="stamp">') > 10
    assert '<span class="stamp">' not in page_html(replace(report, district=place.with_changes(synthetic=False)))


def test_user_text_is_inert(place: District) -> None:
    """Names that carry markup, scripts, templates or hidden characters are text and nothing else."""
    hostile = fabricated.district(60, HOSTILE)
    name = Text(HOSTILE[0], HOSTILE[1])
    runs = [
        replace(run, codes=hostile.communities.code) for run in fabricated.study(hostile, futures=2, replications=1)
    ]
    report = _report(hostile, runs, {"needs-formula": name})
    html = page_html(replace(report, title=name, question=name, line=HOSTILE[0]))
    plain = html.replace(html[html.index("<script>") : html.rindex("</script>")], "")
    assert "<script>window.__pwned" not in plain
    assert "<img src=x" not in plain
    assert "\u202e" not in html
    assert html.count('type="application/json"') == 1
    embedded = re.search(r'<script type="application/json" id="charts">(.*?)</script>', html, re.DOTALL)
    assert embedded is not None
    assert not re.search("[<>&]", embedded[1])
    assert set(json.loads(embedded[1])["forest"]) == {"zh-wide", "zh-narrow", "en-wide", "en-narrow"}


def test_downloads_hold_no_formula() -> None:
    """A download opens in a spreadsheet as text, numbers as numbers, Chinese as Chinese."""
    made = table("t", Text("表", "t"), [(Text("名称", "name"), False)], [[words(name)] for name in HOSTILE])
    assert made.download.startswith("data:text/csv;charset=utf-8;base64,")
    content = base64.b64decode(made.download.partition("base64,")[2]).decode("utf-8")
    assert content.startswith("\ufeff")
    cells = [row[0] for row in csv.reader(io.StringIO(csv_text(made)))][1:]
    assert not any(cell.startswith(tuple("=+-@\t\r＝＋－＠")) for cell in cells)


def test_the_headline_says_when_nobody_can_tell(place: District, report: PageReport) -> None:
    """The heading names the winner only if there is one, and says so if nobody can tell."""
    assert report.best is not None
    if report.best.verdict is Verdict.BETTER:
        assert "更多" in headline(report).zh or "多办结" in headline(report).zh
    same = [
        fabricated.outcome(place, p, future=f, gain=0.0) for p in ("equal-split", "mandated-match") for f in range(3)
    ]
    lone = _report(place, same[:3])
    assert "没有可比较" in headline(lone).zh
    assert page_html(lone)
    unclear = _report(place, same)
    assert unclear.best is not None
    if unclear.best.verdict is Verdict.UNCLEAR:
        assert "分不出高下" in headline(unclear).zh
        assert "Cannot tell" in headline(unclear).en


def test_an_unsettled_size_still_tells_the_way(report: PageReport) -> None:
    """An interval off zero that reaches into the margin says which way, and that the size is unsettled."""
    contrast = report.comparison.contrasts["per-head"]["needs_met_share"]
    unsure = replace(contrast, verdict=Verdict.UNCLEAR, difference=replace(contrast.difference, low=0.002, high=0.02))
    assert verdict_words(unsure).zh == "更好，幅度未定"
    assert verdict_words(replace(unsure, difference=replace(unsure.difference, low=-0.02))).zh == "分不出高下"


def test_one_future_claims_nothing(place: District) -> None:
    """With one future the page gives no interval and no winner, and still draws."""
    runs = [fabricated.outcome(place, p) for p in ("equal-split", "needs-formula")]
    html = page_html(_report(place, runs))
    assert "仅一个情景，无区间" in html
    assert "建议方案" not in html


def test_unequal_outlay_is_said(place: District) -> None:
    """A policy that costs more is not shown as a comparison at equal outlay."""
    runs = [fabricated.outcome(place, p, future=f) for p in ("equal-split", "needs-formula") for f in range(3)]
    dear = [replace(run, outlay_fen=run.outlay_fen * 2) if run.policy == "needs-formula" else run for run in runs]
    report = _report(place, dear)
    assert not report.equal_outlay
    assert "不是同等花费" in price(report).zh
    assert "not the same" in page_html(report) or "Outlays differ" in page_html(report)


def test_what_is_incomplete_says_so_at_the_top(place: District, report: PageReport) -> None:
    """Missing runs and plans not proven optimal are said before any result."""
    partial = replace(report, manifest={**report.manifest, "runs": {"planned": 24, "done": 7, "complete": False}})
    assert "只完成 7 / 24 次运行" in page_html(partial)
    plan = report.plans["per-head"]
    found = plan.with_changes(status=Status.FEASIBLE, goals=(replace(plan.goals[0], status=Status.FEASIBLE, gap=0.07),))
    assert "未证明最优" in page_html(replace(report, plans={**report.plans, "per-head": found}))


def test_equal_reports_are_equal_pages(report: PageReport, html: str, tmp_path: Path) -> None:
    """The page is a function of its report, and is written whole."""
    write_page(report, tmp_path / "page.html")
    assert (tmp_path / "page.html").read_text(encoding="utf-8") == html
    assert [p.name for p in tmp_path.iterdir()] == ["page.html"]


def test_numbers_read_well() -> None:
    """True minus, separators, no negative zero, a dash for what is missing."""
    assert [number(v, 1) for v in (-0.04, 1234.56, -7.25, float("inf"))] == ["0.0", "1,234.6", "−7.2", "—"]
    assert number(0.0, 1, signed=True) == "0.0"
    assert safe("<b>&") == "&lt;b&gt;&amp;"
    assert wrapped("first second third", 6, 2) == "first<br>second…"
    assert apart([0.0, 0.0, 0.0], 1.0) == [-1.0, 0.0, 1.0]


PROBE = """
<script>
window.__errors = [];
addEventListener("error", (event) => window.__errors.push(String(event.message)));
addEventListener("unhandledrejection", (event) => window.__errors.push(String(event.reason)));
const timer = setInterval(() => {
  if (document.documentElement.dataset.ready !== "yes") return;
  clearInterval(timer);
  const overlaps = [];
  for (const plot of document.querySelectorAll(".plot")) {
    const texts = [...plot.querySelectorAll("svg text")].filter((node) => node.textContent.trim());
    const boxes = texts.map((node) => [node.textContent, node.getBoundingClientRect()]).filter(([, box]) => box.width);
    const edge = plot.getBoundingClientRect();
    for (const [text, box] of boxes) {
      if (box.left < edge.left - 2 || box.right > edge.right + 2) overlaps.push([plot.dataset.chart, "cut", text]);
    }
    boxes.forEach(([text, a], i) => boxes.slice(i + 1).forEach(([other, b]) => {
      const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (wide > 2 && high > 4) overlaps.push([plot.dataset.chart, text, other]);
    }));
  }
  const beside = document.body.scrollWidth - document.body.clientWidth;
  const asked = performance.getEntriesByType("resource").map((entry) => entry.name).filter((name) => !name.startsWith("data:"));
  const found = { pwned: window.__pwned ?? null, errors: window.__errors, overlaps, beside, asked,
                  plots: document.querySelectorAll(".plot svg.main-svg").length, language: document.documentElement.lang };
  const out = document.createElement("pre");
  out.id = "probe";
  out.textContent = "PROBE" + JSON.stringify(found) + "PROBE";
  document.body.append(out);
}, 50);
</script>
"""


@pytest.fixture(scope="module")
def browse(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., tuple[str, str]]:
    """Opens a file in Chromium; returns the document it ends with and what it logged."""
    browser = shutil.which("chromium")
    if browser is None:
        pytest.fail("the page tier opens pages in Chromium: install it, or run make test for the core tier")

    def open_page(path: Path, width: int, *more: str, hash_part: str = "") -> tuple[str, str]:
        done = subprocess.run(
            [browser, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
             "--disable-background-networking", "--disable-component-update", "--disable-sync", "--enable-logging=stderr",
             "--v=0", f"--user-data-dir={tmp_path_factory.mktemp('profile')}", f"--window-size={width},1000",
             "--virtual-time-budget=30000", "--dump-dom", *more, f"file://{path}{hash_part}"],
            capture_output=True, text=True, timeout=120, check=False)  # fmt: skip
        return done.stdout, done.stderr

    return open_page


def _probe(
    browse: Callable[..., tuple[str, str]], html: str, folder: Path, width: int, language: str
) -> dict[str, Any]:
    """Open the page, framed to the width, with a probe in place of its content policy; what the probe found."""
    bare = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", html, count=1)
    framed = bare.replace("<body>", f'<body style="width:{width}px">{PROBE}', 1)
    path = folder / "probed.html"
    path.write_text(framed, encoding="utf-8")
    dom, _ = browse(path, max(width, 500), hash_part=f"#{language}")
    found = re.search(r'<pre id="probe">PROBE(.*?)PROBE</pre>', dom, re.DOTALL)
    assert found is not None, "the page never became ready"
    result: dict[str, Any] = json.loads(found[1].replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))
    return result


@pytest.mark.page
@pytest.mark.parametrize(("width", "language"), [(1440, "zh"), (1440, "en"), (390, "zh"), (390, "en")])
def test_figures_draw_without_error_or_overlap(browse: Callable[..., tuple[str, str]], html: str, tmp_path: Path, width: int,
                                               language: str) -> None:  # fmt: skip
    """Every figure draws, nothing is asked for or fails, and no text of a figure covers another or leaves it."""
    found = _probe(browse, html, tmp_path, width, language)
    assert found["errors"] == []
    assert found["overlaps"] == []
    assert found["asked"] == []
    assert found["beside"] <= 0
    assert found["plots"] >= html.count('<figure class="chart')
    assert found["language"] == {"zh": "zh-CN", "en": "en"}[language]


@pytest.mark.page
def test_hostile_names_stay_text_in_a_browser(browse: Callable[..., tuple[str, str]], tmp_path: Path) -> None:
    """No name runs as a script anywhere on the page, figures included."""
    place = fabricated.district(40, HOSTILE)
    place = place.with_changes(streets=place.streets.replaced(name=HOSTILE[:9]))
    runs = fabricated.study(place, futures=2, replications=1)
    html = page_html(_report(place, runs, {p: Text(HOSTILE[i], HOSTILE[i]) for i, p in enumerate(fabricated.POLICIES)}))
    found = _probe(browse, html, tmp_path, 1440, "zh")
    assert found["pwned"] is None
    assert found["errors"] == []


@pytest.mark.page
def test_the_page_as_written_is_quiet(browse: Callable[..., tuple[str, str]], html: str, tmp_path: Path) -> None:
    """Under its own content policy the page draws and logs nothing."""
    path = tmp_path / "page.html"
    path.write_text(html, encoding="utf-8")
    dom, logged = browse(path, 1440)
    assert 'data-ready="yes"' in dom
    assert not re.search(r"CONSOLE|Refused|violates", logged)

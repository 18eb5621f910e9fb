"""What a project is forecast to cost is the same in the offer, read back from it, before its run and in its own kit."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from advisor.case_file import CaseFile
from advisor.commands import run, write
from advisor.domain import figures
from advisor.domain.facts import Fact, Facts, Source
from advisor.domain.forecast import UNCACHED, forecast
from advisor.domain.plan import Plan
from advisor.domain.planning import reckoned
from advisor.kit.forecast import calls_by_stage
from advisor.kit.plan import PASS_RATE
from advisor.kit.plan import read_plan as kit_plan
from advisor.running import read_plan
from advisor.workbench import Workbench
from tests.conftest import write_tickets
from tests.projects.project_bench import make_plan
from tests.session.test_rented import write as write_plan

PRICES = ("student_price_in=0.4", "student_price_out=1.6", "student_price_training=5")
CASES = [
    ("nebius", "gold_finetune", "Qwen/Qwen3-8B", PRICES),
    ("openai", "bootstrap_finetune", "gpt-4.1-mini", PRICES),
    ("openai", "better_together", "gpt-4.1-mini", PRICES),
    ("together", "gold_finetune", "Qwen/Qwen3-8B", (*PRICES, "student_hosting_per_hour=4")),
    ("openai", "distillation", "gpt-4.1-mini", (*PRICES, "teacher_model=gpt-4.1", "teacher_price_in=2",
                                                "teacher_price_out=8")),
]  # fmt: skip


@pytest.mark.parametrize(("host", "route", "model", "prices"), CASES)
def test_the_offer_and_the_question_before_the_run_say_the_same(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, host: str, route: str,
    model: str, prices: tuple[str, ...],
) -> None:  # fmt: skip
    data = write_tickets(tmp_path / "tickets.csv", 600)
    facts = (f"host={host}", f"student_model={model}", "optimized_score=0.83", *prices)
    told = [part for fact in facts for part in ("--set", fact)]
    assert write.main([str(data), "--route", route, "--out", str(tmp_path / "p"), *told]) == 0
    offered = re.search(r"dollars low / likely / high: \$[\d.,]+ / \$([\d.,]+) /", capsys.readouterr().err)
    plan = read_plan(tmp_path / "p")
    expected = forecast(plan)
    assert offered and expected.dollars and offered[1] == f"{expected.dollars.likely:,.2f}"
    assert expected.prices_checked == "you" and plan.reckoned is not None
    assert (plan.reckoned.pass_rate, plan.reckoned.pass_rate_from) == (0.83, "optimized_score: you said")
    monkeypatch.setattr(run, "_look_at_the_door", lambda _: None)
    monkeypatch.setattr(run, "lacks", lambda plan, here: ())
    monkeypatch.setattr("sys.stdin", (tmp_path / "tickets.csv").open(encoding="utf-8"))
    with pytest.raises(Exception, match="Nobody said yes"):
        run.main([str(tmp_path / "p")])
    assert f"likely ${offered[1]}," in capsys.readouterr().err


@pytest.mark.parametrize("route", sorted({route for _, route, _, _ in CASES}))
@pytest.mark.parametrize("pass_rate", [0.4, 0.83])
def test_the_kit_counts_the_calls_the_forecast_counts(tmp_path: Path, route: str, pass_rate: float) -> None:
    plan = make_plan(route, optimizer="mipro_light")  # type: ignore[arg-type]
    folder = write_plan(plan, tmp_path)
    told = json.loads((folder / "plan.json").read_text())
    told["reckoned"] = {"pass_rate": pass_rate}
    (folder / "plan.json").write_text(json.dumps(told))
    counted = calls_by_stage(kit_plan(folder / "plan.json"), read_plan(folder).split._asdict())
    for stage in forecast(read_plan(folder)).stages:
        assert stage.calls.likely / UNCACHED[1] == pytest.approx(counted[stage.stage], abs=2)


def test_a_project_of_an_earlier_version_is_forecast_by_what_is_usual(tmp_path: Path) -> None:
    folder = write_plan(make_plan(), tmp_path)
    told = json.loads((folder / "plan.json").read_text())
    told.pop("reckoned")
    (folder / "plan.json").write_text(json.dumps(told))
    assert read_plan(folder).reckoned is None and forecast(read_plan(folder)).calls.likely > 0
    assert kit_plan(folder / "plan.json").pass_rate == PASS_RATE == figures.DEFAULT_PASS.value


@pytest.mark.parametrize("score", [0.0, 5.0, -0.5, float("nan")])
def test_a_score_that_is_no_share_is_not_counted_on(score: float) -> None:
    kept = reckoned(told_facts(optimized_score=score))
    assert (kept.pass_rate, kept.pass_rate_from) == (figures.DEFAULT_PASS.value, "assumed")


def told_facts(**told: object) -> Facts:
    return Facts().learn(*(Fact(name=name, value=value, source=Source.told) for name, value in told.items()))


async def test_another_pass_rate_renews_a_project_nobody_used_and_keeps_one_that_was_run(tmp_path: Path) -> None:
    data = write_tickets(tmp_path / "tickets.csv", 600)
    case = CaseFile(Facts())
    base = {"host": "practice", "prompt_optimization": "none"}
    seen = await case.read_file(data, Facts())
    bench = Workbench(case)

    def planned(score: float) -> Plan:
        case.conclude(told_facts(**base, baseline_score=score).learn(*seen))
        assert case.plan is not None and case.report is not None
        bench.write_project(case.plan, case.report)
        assert (
            bench.project is not None and case.plan == read_plan(bench.project) and case.forecast == forecast(case.plan)
        )
        assert case.plan.reckoned is not None
        return case.plan

    first, second = planned(0.5), planned(0.6)
    assert first.reckoned != second.reckoned and len(list((tmp_path / "advised").iterdir())) == 1
    assert bench.project is not None
    (bench.project / "runs").mkdir()
    (bench.project / "runs" / "note").write_text("run")
    assert planned(0.7).reckoned == second.reckoned and len(list((tmp_path / "advised").iterdir())) == 1
    await bench.close()
    case.stop_looking()

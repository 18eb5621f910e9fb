from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advisor.domain import verdict


def event(candidate: str, outcomes: str, **more: Any) -> dict[str, Any]:
    return {"candidate": candidate, "outcomes": outcomes, "model": "m", "dollars": None, **more}


def compare(scored: dict[str, str], **more: Any) -> dict[str, Any]:
    result = verdict.compare([event(name, outcomes) for name, outcomes in scored.items()], **more)
    assert result is not None
    return result


def flip(outcomes: str, fixed: int, broken: int) -> str:
    """Right `fixed` of the wrong rows and break as many of the right ones as `broken`."""
    rows = list(outcomes)
    for want, become, count in (("0", "1", fixed), ("1", "0", broken)):
        places = [i for i, row in enumerate(outcomes) if row == want][:count]
        for place in places:
            rows[place] = become
    return "".join(rows)


BASE = "1" * 50 + "0" * 50


def test_nothing_without_a_baseline_or_rows() -> None:
    assert verdict.compare([]) is None
    assert verdict.compare([event("tuned", "11")]) is None
    assert verdict.compare([event("baseline", "")]) is None


def test_a_baseline_alone_is_kept() -> None:
    result = compare({"baseline": BASE})
    assert result["recommended"] == "baseline" and result["pairs"] == []
    assert result["verdict"] == "Keep the plain program: nothing here is shown to be better."


@pytest.mark.parametrize(
    ("scored", "recommended"),
    [
        ({"optimized": (30, 0)}, "optimized"),
        ({"optimized": (2, 0)}, "baseline"),
        ({"optimized": (0, 30)}, "baseline"),
        ({"optimized": (30, 0), "tuned": (31, 0)}, "optimized"),
        ({"optimized": (20, 0), "tuned": (45, 0)}, "tuned"),
        ({"optimized": (2, 0), "tuned": (40, 0)}, "tuned"),
        ({"tuned": (30, 0), "gold": (32, 0)}, "tuned"),
        ({"tuned": (15, 0), "gold": (45, 0)}, "gold"),
        ({"teacher": (50, 0)}, "baseline"),
        ({"teacher": (50, 0), "tuned": (40, 0)}, "tuned"),
    ],
)
def test_the_simplest_that_nothing_dearer_beats(scored: dict[str, tuple[int, int]], recommended: str) -> None:
    result = compare({"baseline": BASE, **{name: flip(BASE, *change) for name, change in scored.items()}})
    assert result["recommended"] == recommended


def test_every_recommendation_rests_on_a_corrected_pair() -> None:
    result = compare({"baseline": BASE, "tuned": flip(BASE, 15, 0), "gold": flip(BASE, 45, 0)})
    pair = next(pair for pair in result["pairs"] if (pair["before"], pair["after"]) == ("tuned", "gold"))
    assert pair["outcome"] == "better"
    assert "The program tuned on your labels scored better than the tuned program" in result["verdict"]


def test_figures_are_told_with_what_they_rest_on() -> None:
    result = compare({"baseline": "1" * 64 + "0" * 15, "optimized": flip("1" * 64 + "0" * 15, 14, 2)})
    assert result["verdict"].startswith(
        "Optimized prompts scored better than the plain program: 76 against 64 of 79 rows, 14 fixed, 2 broken, "
        "p = 0.004 after correction. Use optimized prompts."
    )


def test_a_tie_says_how_many_rows_would_tell() -> None:
    base = "1" * 64 + "0" * 15
    text = compare({"baseline": base, "optimized": flip(base, 6, 4)})["verdict"]
    assert text.startswith("Cannot tell optimized prompts from the plain program: 66 against 64 of 79 rows")
    assert "About 1,500 test rows would show a difference this small." in text
    assert "About" not in compare({"baseline": base, "optimized": flip(base, 5, 5)})["verdict"]
    same = flip(BASE, 8, 0)
    many = compare({"baseline": BASE, "optimized": same, "tuned": same, "gold": same, "together": same})
    assert many["recommended"] == "baseline" and "About" not in many["verdict"], "there are enough rows already"


def test_small_probabilities_are_not_zero() -> None:
    assert "p < 0.001 after" in compare({"baseline": BASE, "optimized": flip(BASE, 40, 0)})["verdict"]


@pytest.mark.parametrize(
    ("target", "said"),
    [(0.4, "is reached"), (0.95, "is not reached: 80%, at most 86.7%"), (0.78, "above the target of 78%, but"),
     (0.82, "below the target of 82%, but"), (0.8, "at the target of 80%, but")],
)  # fmt: skip
def test_the_target_is_judged_with_its_interval(target: float, said: str) -> None:
    assert said in compare({"baseline": BASE, "optimized": flip(BASE, 30, 0)}, target=target)["verdict"]


def test_training_pays_for_itself_or_is_not_mentioned() -> None:
    def scored(cheap: float | None) -> list[dict[str, Any]]:
        return [
            event("baseline", BASE, dollars=0.01), event("teacher", "1" * 100, dollars=1.1),
            event("tuned", flip(BASE, 40, 0), dollars=cheap),
        ]  # fmt: skip

    paid = verdict.compare(scored(0.1), training_dollars=60.0, calls_per_month=20_000)
    assert paid is not None and paid["break_even_days"] == pytest.approx(60 / (0.01 * 20_000 / 30))
    assert "paid for itself after 9 days" in paid["verdict"]
    for cheap, training, calls in [(None, 60.0, 20_000), (2.0, 60.0, 20_000), (0.1, None, 20_000), (0.1, 60.0, None)]:
        other = verdict.compare(scored(cheap), training_dollars=training, calls_per_month=calls)
        assert other is not None and other["break_even_days"] is None and "paid for" not in other["verdict"]


def hosted(per_hour: float | None, calls_in_it: bool, cheap: float | None = 0.1) -> dict[str, Any]:
    scored = [
        event("baseline", BASE, dollars=0.01), event("teacher", "1" * 100, dollars=1.1),
        event("tuned", flip(BASE, 40, 0), dollars=cheap),
    ]  # fmt: skip
    hosting = verdict.Hosting(per_hour, calls_in_it=calls_in_it)
    told = verdict.compare(scored, training_dollars=60.0, calls_per_month=20_000, hosting=hosting)
    assert told is not None
    return told


def test_a_month_of_keeping_the_model_ready_counts_against_what_it_saves() -> None:
    told = hosted(0.1, calls_in_it=False)
    assert told["break_even_days"] == pytest.approx(60 / ((0.01 * 20_000 - 73) / 30))
    assert "with about $73 a month to keep it ready, the training has paid for itself after" in told["verdict"]
    rented = hosted(0.1, calls_in_it=True, cheap=None)
    assert rented["break_even_days"] == pytest.approx(60 / ((0.011 * 20_000 - 73) / 30)), (
        "the hour is all that is billed"
    )
    dear = hosted(4.0, calls_in_it=False)
    assert dear["break_even_days"] is None
    assert "with about $2,920 a month to keep it ready, it saves nothing." in dear["verdict"]


def test_an_hour_at_an_unknown_price_leaves_it_unknown() -> None:
    told = hosted(None, calls_in_it=False)
    assert told["break_even_days"] is None and "is not known: the tuned model is billed by the hour" in told["verdict"]


def test_retention_and_failures_are_told() -> None:
    scored = {"baseline": BASE[:-2] + "xx", "teacher": "1" * 90 + "0" * 10, "tuned": flip(BASE, 35, 0)}
    result = compare(scored)
    assert result["retention"]["share"] == pytest.approx(85 / 90)
    assert "Its score is 94.4% of the teacher's" in result["verdict"]
    assert result["verdict"].endswith("Rows without a usable answer count as not right: 2 by the plain program.")
    assert compare({"baseline": BASE, "teacher": "0" * 100})["retention"] is None


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_outcomes_make_a_verdict(data: st.DataObject) -> None:
    n = data.draw(st.integers(1, 25))
    names = data.draw(st.sets(st.sampled_from(sorted(set(verdict.NAMES) - {"baseline"}))))
    outcomes = {name: data.draw(st.text("10x", min_size=n, max_size=n)) for name in ("baseline", *sorted(names))}
    result = compare(outcomes, target=data.draw(st.none() | st.floats(0, 1)))
    assert result["recommended"] in outcomes and result["recommended"] != "teacher"
    assert {row["candidate"] for row in result["rows"]} == set(outcomes)
    assert result["verdict"] and "!" not in result["verdict"]
    assert all(pair["p"] <= pair["p_corrected"] for pair in result["pairs"])

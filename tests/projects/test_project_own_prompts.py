"""A user's own optimized prompts in a generated project, put in as its README says."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

from tests.projects.project_bench import Project, make_plan

Make = Callable[..., Project]


def snippet(project: Project) -> str:
    text = (project.folder / "README.md").read_text("utf-8")
    section = text[text.index("## Your own prompts") : text.index("## What is here")]
    return section.split("```python\n")[1].split("```")[0]


def test_own_prompts_take_the_place_of_the_optimizer(make: Make) -> None:
    project = make(make_plan(prompts_elsewhere=True))
    mine = snippet(project).replace("your instruction", "Sort by who has to answer.").replace('="..."', '="billing"')
    script = project.folder / "optimize.py"
    replaced = re.sub(
        r"def optimize_prompts\(.*?\n(?=\n\n(?:def|if) )",
        lambda _: mine,
        script.read_text("utf-8"),
        count=1,
        flags=re.S,
    )
    assert "Sort by who has to answer." in replaced
    script.write_text(replaced, "utf-8")
    ended = project.run("--limit", "10")
    assert ended.code == 0, ended.err
    about = json.loads((project.runs()[-1] / "programs" / "optimized.about.json").read_text())
    assert (about["instruction"], about["demonstrations"]) == ("Sort by who has to answer.", 1)


def test_a_project_from_the_plain_program_says_nothing_of_them(make: Make) -> None:
    assert "Your own prompts" not in (make().folder / "README.md").read_text("utf-8")

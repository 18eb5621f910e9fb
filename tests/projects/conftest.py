from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from advisor.domain.plan import Plan
from advisor.world import projects, templates
from tests.projects.project_bench import Project, Server, make_plan, parts, start_server

Make = Callable[..., Project]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write the generated projects anew")


@pytest.fixture(scope="session")
def shared_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = start_server(tmp_path_factory.mktemp("server"))
    yield server
    assert server.process.stdin
    server.process.stdin.close()
    server.process.wait(10)


@pytest.fixture
def server(shared_server: Server) -> Iterator[Server]:
    """The server without armed faults, before and after a test."""
    shared_server.arm()
    yield shared_server
    shared_server.arm()


@pytest.fixture
def make(server: Server, tmp_path: Path) -> Make:
    """Writes a project for a plan."""

    def write(plan: Plan | None = None, named: float = 0.5) -> Project:
        plan = plan or make_plan()
        rows = {part: [_renamed(row, plan) for row in rows] for part, rows in parts(plan, named).items()}
        folder = projects.write(plan, tmp_path / "advised" / plan.name, rows, templates.render)
        return Project(folder, server)

    return write


def _renamed(row: dict[str, str], plan: Plan) -> dict[str, str]:
    """The text stands under every input of the plan, the label under its label."""
    return {plan.task.label_field: row["category"], **dict.fromkeys(plan.task.input_fields, row["text"])}

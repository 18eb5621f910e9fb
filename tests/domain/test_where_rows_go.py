"""Which keys a plan wants and whose computer its rows go to."""

from __future__ import annotations

import pytest

from advisor.domain.hosts import HOSTS
from advisor.domain.plan import Host, Role
from advisor.domain.providers import keys_wanted, rows_go_to
from tests.projects.project_bench import make_plan

HUB = Role(model="Qwen/Qwen3-8B", price_in=0, price_out=0)
CLAUDE = Role(model="anthropic/claude-sonnet-5", elsewhere=True)
BEDROCK = Role(model="bedrock/some", elsewhere=True)


@pytest.mark.parametrize(
    ("host", "teacher", "keys", "place"),
    [
        ("local", HUB, (), "here"),
        ("local", CLAUDE, ("ANTHROPIC_API_KEY",), "here"),
        ("local", BEDROCK, None, "here"),
        ("openai", CLAUDE, ("OPENAI_API_KEY", "ANTHROPIC_API_KEY"), "host"),
        ("sky", HUB, (), "cloud"),
        ("sky", CLAUDE, ("ANTHROPIC_API_KEY",), "cloud"),
        ("sky", BEDROCK, None, "cloud"),
        ("practice", HUB, (), "here"),
    ],
)
def test_by_host_and_teacher(host: str, teacher: Role, keys: tuple[str, ...] | None, place: str) -> None:
    plan = make_plan("distillation", host=HOSTS[host].host, student=HUB, teacher=teacher, prompt_model=HUB)
    assert keys_wanted(plan) == keys
    assert rows_go_to(plan) == place


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "::1"])
def test_every_name_of_this_computer_is_known(name: str) -> None:
    host = Host(name="other", base_url=None, key_variable="ADVISED_API_KEY", upload_to=name)
    assert rows_go_to(make_plan(host=host)) == "here"

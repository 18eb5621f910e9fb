"""The catalogue that ships is whole; a user's file lies over it, and its faults are named by line."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date, datetime, timezone
from pathlib import Path

import pytest

from advisor.domain import values
from advisor.domain.catalogue import Catalogue, bare, listed_at
from advisor.domain.hosts import HOSTS
from advisor.errors import UsageError
from advisor.kit.hosts.dialects import dialect_of
from advisor.world import catalogue, paths, price_map

SHIPPED = catalogue.read()


def own(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "catalogue.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_every_entry_says_where_it_is_from_and_when_it_was_read() -> None:
    for name, entry in (SHIPPED.host | SHIPPED.model).items():
        assert len(entry.source) >= 8, name
        assert date(2026, 1, 1) <= entry.checked <= date(2026, 11, 22), name


def test_every_host_has_an_entry_and_every_model_a_host() -> None:
    assert set(SHIPPED.host) == set(HOSTS) == set(values.HOSTS)
    assert all(key.partition("/")[0] in SHIPPED.host and key.partition("/")[2] for key in SHIPPED.model)


def test_no_price_is_zero_where_anything_is_billed() -> None:
    for key, model in SHIPPED.model.items():
        assert SHIPPED.host[key.partition("/")[0]].billed
        assert 0 not in (model.training, model.price_in, model.price_out, model.tuned_in, model.tuned_out), key
    assert [name for name, host in SHIPPED.host.items() if not host.billed] == ["practice", "local"]


def test_the_doors_are_as_they_were_found() -> None:
    assert SHIPPED.host["openai"].admits == "recent_tuners"
    assert SHIPPED.host["openai"].closes == date(2027, 1, 6)
    assert SHIPPED.host["databricks"].admits == "nobody"
    found = SHIPPED.find("openai", "openai/gpt-4o-mini")
    assert found is not None
    assert (found.training, found.retires) == (3.0, date(2027, 1, 14))
    untunable = SHIPPED.find("openai", "gpt-6-luna")
    assert untunable is not None and untunable.methods == ()


@pytest.mark.parametrize("host", ["openai", "nebius", "foundry"])
def test_a_project_goes_by_the_limits_the_catalogue_tells(host: str) -> None:
    entry, dialect = SHIPPED.host[host], dialect_of(host)
    assert entry.least_rows in (None, dialect.fewest_rows)
    assert entry.most_megabytes is None or abs(dialect.largest_file / 1e6 / entry.most_megabytes - 1) < 0.1


@pytest.mark.parametrize(
    ("host", "written"),
    [("nebius", "nebius/meta-llama/Meta-Llama-3.1-8B-Instruct"), ("nebius", "Meta-Llama-3.1-8B-Instruct"),
     ("foundry", "azure/gpt-4.1-mini"), ("together", "together_ai/Qwen/Qwen3-8B"),
     ("fireworks", "fireworks_ai/accounts/fireworks/models/qwen3-8b")],
)  # fmt: skip
def test_a_model_is_found_as_litellm_spells_it(host: str, written: str) -> None:
    assert SHIPPED.find(host, written) is not None
    assert not bare(written).startswith(("nebius/", "azure/", "together_ai/", "accounts/"))


def test_a_name_that_begins_like_a_provider_has_its_price_at_its_own_host() -> None:
    found = listed_at(SHIPPED, "together", "openai/gpt-oss-20b", price_map.listed)
    assert found is not None and found.name == "together_ai/openai/gpt-oss-20b" and found.price_in
    assert listed_at(SHIPPED, "together", "together_ai/openai/gpt-oss-20b", price_map.listed) == found


def test_the_users_file_lies_over_the_one_that_ships(tmp_path: Path) -> None:
    file = own(tmp_path, (
        '[model."nebius/meta-llama/Llama-3.3-70B-Instruct"]\ntraining = 2.8\n\n'
        '[model."together/my/own"]\nmethods = ["lora"]\nsource = "a mail of theirs"\nchecked = 2026-11-20\n'
        "[host.openai]\nadmits = \"everyone\"\n"
    ))  # fmt: skip
    os.utime(file, (0, datetime(2026, 11, 21, 12, tzinfo=timezone.utc).timestamp()))
    found = catalogue.read(file)
    changed = found.model["nebius/meta-llama/Llama-3.3-70B-Instruct"]
    assert (changed.training, changed.methods, changed.served) == (2.8, ("lora",), "per_token")
    assert changed.cited == "your own catalogue, 2026-11-21"
    assert found.model["together/my/own"].cited == "a mail of theirs, 2026-11-20"
    assert (found.host["openai"].admits, found.host["openai"].closes) == ("everyone", date(2027, 1, 6))
    assert found.host["nebius"] == SHIPPED.host["nebius"]
    assert catalogue.read(tmp_path / "none.toml") == SHIPPED


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("[host.openai]\ncloses = tomorrow\n", 2, "not TOML"),
        ('[host.openai]\n\ncloses = "soon"\n', 3, "openai, closes"),
        ("# mine\n[host.openai]\nprize = 3\n", 3, "there is no such field"),
        ('[model."openai/gpt-4o-mini"]\ntraining = -1\n', 2, "greater than or equal"),
        ("[model.gpt-4o-mini]\ntraining = 1.0\n", 1, "names no host"),
        ("\n[price.openai]\ntraining = 1.0\n", 2, "there is no 'price' here"),
        ("[host]\nopenai = 3\n", 2, "'openai' is no entry"),
        ('[host.openai]\nadmits = "friends"\n', 2, "openai, admits"),
        ('[host.openai]\ncloses = "soon"\n', 2, "it is no day; write it as 2027-01-06"),
        ("[host.openai]\nchecked = 2026-11-20T10:00:00\n", 2, "it is no day"),
        ("[host.openai]\nchecked = 2999-01-01\n", 2, "2999-01-01 lies ahead"),
        ('[model."openai/x"]\ntraining = inf\n', 2, "it is no number"),
        ('[model."openai/x"]\ntraining = "much"\n', 2, "it is no number"),
        ("[host.openai]\nleast_rows = 1.5\n", 2, "it is no whole number"),
        ('\n[model."nowhere/x"]\ntraining = 1\n', 2, "there is no host 'nowhere'"),
    ],
)
def test_a_fault_in_the_users_file_is_named_with_its_line(tmp_path: Path, text: str, line: int, what: str) -> None:
    file = own(tmp_path, text)
    with pytest.raises(UsageError) as caught:
        catalogue.read(file)
    assert caught.value.what.startswith(f"{file}, line {line}: ")
    assert what in caught.value.what
    assert caught.value.try_this


def test_a_users_file_of_something_else_is_a_sentence(tmp_path: Path) -> None:
    file = tmp_path / "catalogue.toml"
    file.write_bytes(b"\xff\xfe\x00\x01")
    with pytest.raises(UsageError, match="UTF-8"):
        catalogue.read(file)


def test_the_users_file_stands_in_their_own_folder(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert paths.own_catalogue() == home / "catalogue.toml"
    monkeypatch.delenv(paths.HOME)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / "config"))
    assert paths.own_catalogue().name == "catalogue.toml"
    assert home not in paths.own_catalogue().parents or "config" in paths.own_catalogue().parts


def test_an_entry_is_old_after_sixty_days() -> None:
    entry = SHIPPED.host["openai"]
    assert not entry.stale(date(2027, 1, 21))
    assert entry.stale(date(2027, 1, 22))


def test_an_alias_stands_for_its_newest_snapshot() -> None:
    found = price_map.listed("gpt-4o-mini")
    assert found is not None
    assert found.name == "gpt-4o-mini-2024-07-18"
    assert found.retires is not None
    assert (found.price_in, found.price_out, found.tuned_in, found.tuned_out) == (0.15, 0.6, 0.3, 1.2)
    assert found.context == 128_000
    assert price_map.listed("gpt-4o") != price_map.listed("gpt-4o-2024-05-13")
    assert price_map.listed("no-such-model") is None
    assert price_map.listed("sample_spec") is None


def test_a_price_is_that_of_the_host_it_is_asked_of() -> None:
    at_azure = listed_at(SHIPPED, "foundry", "gpt-4.1-mini", price_map.listed)
    at_openai = listed_at(SHIPPED, "openai", "openai/gpt-4.1-mini", price_map.listed)
    assert at_azure is not None and at_azure.name.startswith("azure/")
    assert at_openai is not None and at_openai.name.startswith("gpt-4.1-mini")
    assert listed_at(SHIPPED, "nebius", "no/such", price_map.listed) is None
    assert listed_at(Catalogue(), "openai", "gpt-4o-mini", price_map.listed) is not None


def test_the_price_map_is_read_without_litellm() -> None:
    probe = (
        "import sys\nfrom advisor.world import price_map\nassert price_map.listed('gpt-4o-mini').price_in\n"
        "sys.exit(', '.join(sorted({'litellm', 'openai', 'dspy'} & set(sys.modules))) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr

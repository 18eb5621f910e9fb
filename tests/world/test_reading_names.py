"""Replies that name something: a field, a model, a host, graphics processors."""

from __future__ import annotations

import pytest

from advisor.domain.facts import FactName, FactValue, Gpu
from advisor.world.reading import read

FIELDS = ("id", "subject", "body", "ticket_category")
NAMES: list[tuple[str, FactName, FactValue | None]] = [
    ("tickets.csv", "data_path", "tickets.csv"),
    ("it's in tickets.csv", "data_path", "tickets.csv"),
    ("the file is data/tickets.jsonl.", "data_path", "data/tickets.jsonl"),
    ("~/data/tickets.csv", "data_path", "~/data/tickets.csv"),
    ("~/my data/tickets v2.csv", "data_path", "~/my data/tickets v2.csv"),
    ('"my tickets.csv"', "data_path", "my tickets.csv"),
    ("'folder/a b/c.parquet'", "data_path", "folder/a b/c.parquet"),
    ("open “my tickets.csv” please", "data_path", "my tickets.csv"),
    ("/data/my\\ file.csv", "data_path", "/data/my file.csv"),
    ("C:\\Users\\me\\data.csv", "data_path", "C:\\Users\\me\\data.csv"),
    ("file:///data/a%20b.csv", "data_path", "/data/a b.csv"),
    ("./tickets", "data_path", "./tickets"),
    ("data/2024-11/tickets.csv", "data_path", "data/2024-11/tickets.csv"),
    ("Tickets.CSV", "data_path", "Tickets.CSV"),
    ("we keep them in Zendesk", "data_path", None),
    ("a.csv or b.csv", "data_path", None),
    ("https://example.com/a.csv", "data_path", None),
    ("no, tickets2.csv", "data_path", "tickets2.csv"),
    ("ticket_category", "label_field", "ticket_category"),
    ("the ticket category column", "label_field", "ticket_category"),
    ("Ticket-Category", "label_field", "ticket_category"),
    ("ticket_categry", "label_field", "ticket_category"),
    ("colour", "label_field", None),
    ("subject or body", "label_field", None),
    ("subject and body", "input_fields", ("subject", "body")),
    ("everything except id", "input_fields", ("subject", "body", "ticket_category")),
    ("gpt-4o-mini", "current_model", "gpt-4o-mini"),
    ("GPT-4o mini", "student_model", "gpt-4o-mini"),
    ("we use openai/gpt-4.1", "current_model", "openai/gpt-4.1"),
    ("claude 3.5 sonnet", "teacher_model", "claude-3.5-sonnet"),
    ("practice-small", "student_model", "practice-small"),
    ("meta-llama/Llama-3.1-8B-Instruct", "student_model", "meta-llama/Llama-3.1-8B-Instruct"),
    ("ft:gpt-4o-mini-2024-07-18:acme::abc", "current_model", "ft:gpt-4o-mini-2024-07-18:acme::abc"),
    ("acme/our-model-7b", "student_model", "acme/our-model-7b"),
    ("gpt-4o or claude", "teacher_model", None),
    ("something small", "student_model", None),
    ("2x A100 80GB", "gpus", (Gpu(name="A100", gib=80), Gpu(name="A100", gib=80))),
    ("RTX 4090", "gpus", (Gpu(name="RTX 4090", gib=24),)),
    ("one H100", "gpus", (Gpu(name="H100", gib=80),)),
    ("no gpu", "gpus", ()),
    ("none", "gpus", ()),
    ("A100", "gpus", None),
    ("it can't leave our servers", "data_must_stay", True),
    ("no, it can't leave", "data_must_stay", True),
    ("it may leave", "data_must_stay", False),
    ("cloud is fine", "data_must_stay", False),
    ("bootstrap", "prompt_effort", "bootstrap"),
    ("below target", "fine_tuning_result", "below_target"),
]


@pytest.mark.parametrize(("reply", "asked", "value"), NAMES)
def test_a_name(reply: str, asked: FactName, value: FactValue | None) -> None:
    reading = read(reply, asked, (), FIELDS)
    found = [fact.value for fact in reading.facts if fact.name == asked]
    assert found == ([] if value is None else [value])
    assert value is not None or reading.note


@pytest.mark.parametrize(
    ("reply", "host"),
    [("use OpenAI", "openai"), ("train on Nebius", "nebius"), ("use the practice model instead", "practice")],
)
def test_a_host_can_be_changed_at_any_time(reply: str, host: str) -> None:
    assert [(fact.name, fact.value) for fact in read(reply, None, ("yes", "no")).facts] == [("host", host)]


@pytest.mark.parametrize(
    ("reply", "asked", "facts"),
    [
        ("/srv/models/tiny", "student_model", {"student_model": "/srv/models/tiny"}),
        ("it is ~/models/qwen-0.5b.", "student_model", {"student_model": "~/models/qwen-0.5b"}),
        ("./mine", "teacher_model", {"teacher_model": "./mine"}),
        ("the folder tiny", "student_model", {"student_model": "tiny"}),
        ("it is in the folder models/tiny.", "student_model", {"student_model": "models/tiny"}),
        ("a directory called 'tiny'", "student_model", {"student_model": "tiny"}),
        ("the student is the folder tiny", None, {"student_model": "tiny"}),
        ("it is in a folder with my models", "student_model", {}),
        ("the student is /srv/models/tiny", "host", {"student_model": "/srv/models/tiny"}),
        ("the data is /srv/x.csv and the student is ~/models/qwen", None,
         {"data_path": "/srv/x.csv", "student_model": "~/models/qwen"}),
        ("we use /srv/things", "host", {}),
    ],
)  # fmt: skip
def test_a_model_of_this_computer_is_named_by_its_folder(
    reply: str, asked: FactName | None, facts: dict[str, str]
) -> None:
    assert {fact.name: fact.value for fact in read(reply, asked).facts} == facts

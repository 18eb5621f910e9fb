from __future__ import annotations

import json
import random
import string
import time

import pytest

from advisor.domain.cleaning import clean, escaped_json, redact

JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U"
LONG_JWT = "eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9." + "aZ3bY7cX9" * 200 + "." + "Qw8eRt5y" * 60
SECRETS = (
    "sk-proj-AbCd_1234-efgh5678", "AIzaSyA1234567890abcdefghijklmnopqrs", "hf_AbCdEfGhIjKlMnOpQrStUv",
    "8f14e45fceea167a5a36dedd4bea2543", "Zm9vYmFyYmF6cXV4MTIzNDU2Nzg5MFhZWg", JWT, LONG_JWT,
    "9f86d081884c7d659a2feaa0c55ad0159f86d081884c7d659a2feaa0c55ad015",
    "9F86D081884C7D659A2FEAA0C55AD015", "v1.CmQKHHN0YXRpY2tleS1lMDB4eHh4eHh4eHh4EiFz", "ghs_abcdefghijklmnop1234",
    "abcdefghijklmnopqrstuvwxyz0123456789", "Ab3dEf6hIj9lMn2pQr5t-Uv8xYz1bCd4f_Gh7j",
    "dGhpcyBpcyBhIDY0IGJ5dGUga2V5IGZvciBhIGNsb3VkIDEyMzQ1Njc4OTA3+/Aa==",
)  # fmt: skip
AROUND = (
    "{}", "'{}'", "I use {}.", "{}, please", "it is {} I think", "my key is {}", "OPENAI_API_KEY={}", '{{"key": "{}"}}',
    "key:\n{}", "https://x.y/z?key={}", "({})",
)  # fmt: skip
NAMED = (
    "my key is 8f14e45fceea167a", "my key is: 8f14e45fceea167a", "the password: aZ3bY7cX9qW2eR4t",
    "token=aZ3bY7cX9qW2eR4t5",
    "secret aZ3bY7cX9qW2eR4t5", "api_key='aZ3bY7cX9qW2eR4t5'", '"api_key": "aZ3bY7cX9qW2eR4t5"',
    "my key is 3f2c9a81-b04d-4e6f-8a7b-6c5d4e3f2a1b", "MY_KEY = aZ3bY7cX9qW2eR4t5", "key is\n\naZ3bY7cX9qW2eR4t5",
    "aws secret: wJalrXUtnFEMI/K7MDENG/bPxRfiCY2XAMPLEKEY", "bearer abcdefghijklmnopqrstuvwx",
)  # fmt: skip
KEPT = (
    "ftjob-49779013a4f0b3257d6526a9", "ft:practice-small:practice:tuned:49779013", "a3f09c81b04d4e6f",
    "chatcmpl-AbC1dEf2GhI3jKl4MnO5pQr6StU7v", "ft-3f2c9a81-b04d-4e6f-8a7b-6c5d4e3f2a1b", "request id 7",
    "3f2c9a81-b04d-4e6f-8a7b-6c5d4e3f2a1b", "runs/2026-11-22T10-31-07", "2026-11-22T10-31-07-002",
    "/data/ana/advised/tickets/runs/2026-11-22T10-31-07/events.jsonl", "2026-11-22T10-31-07-tickets-practice-small-2",
    "exports/3f2c9a81b04d4e6f8a7b6c5d4e3f2a1b.csv", "3f2c9a81b04d4e6f8a7b6c5d4e3f2a1b.csv", "OPENAI_API_KEY",
    "/cache/3f2c9a81b04d4e6f8a7b6c5d4e3f2a1b", "C:\\cache\\3f2c9a81b04d4e6f8a7b6c5d4e3f2a1b",
    "customer_satisfaction_score_2024_q3_normalized", "accounts-fireworks-models-llama-v3p1-8b-instruct",
    "meta-llama/Meta-Llama-3.1-8B-Instruct-Turbo-2024", "gpt-4o-mini-2024-07-18", "risk-assessment-of-tickets",
    "KeyError: 'customer_name'", "tokens: 1234567890123456", "key: runs/2026-11-22T10-31-07/events.jsonl",
    "the key data/exports/tickets_2024_v2.csv", "key: ftjob-49779013a4f0b3257d6526a9",
    "primary key customer_score_2024_v2",
    "the secret internationalization", "Donaudampfschifffahrtsgesellschaftskapitaen", "-" * 80, "=" * 80, "a" * 64,
    "key: 2026-11-22T10-31-07", "12345678901234567890123456789012345678", "[key removed]", "key is [key removed].",
)  # fmt: skip


@pytest.mark.parametrize("around", AROUND)
@pytest.mark.parametrize("secret", SECRETS)
def test_a_secret_is_masked_wherever_it_stands(secret: str, around: str) -> None:
    for masked in (redact(around.format(secret)), clean(around.format(secret), 5000)):
        assert secret[8:20] not in masked and secret[-12:] not in masked
        assert redact(masked) == masked


@pytest.mark.parametrize("text", NAMED)
def test_a_shorter_one_is_masked_after_a_word_for_it(text: str) -> None:
    token = max(text.replace("'", " ").replace('"', " ").replace("=", " ").split(), key=len)
    assert token[4:-4] not in redact(text) and redact(redact(text)) == redact(text)
    assert token[4:-4] not in clean(text)


@pytest.mark.parametrize("text", KEPT)
def test_ids_paths_and_words_stay(text: str) -> None:
    assert redact(text) == text and clean(text) == text


def test_keys_of_any_make_are_masked() -> None:
    chance = random.Random(7)
    for alphabet in (
        "0123456789abcdef",
        string.ascii_letters + string.digits,
        string.ascii_letters + string.digits + "_",
    ):
        drawn = ["".join(chance.choice(alphabet) for _ in range(chance.choice((32, 40, 64)))) for _ in range(500)]
        kept = [key for key in drawn if redact(f"it is {key} now") == f"it is {key} now"]
        assert len(kept) <= 5, kept


def test_redacting_takes_linear_time() -> None:
    began = time.process_time()
    for piece in (
        "x",
        "aB3",
        "eyJ",
        "key ",
        "key is A1b2C3d4",
        "sk-",
        "a.",
        "=",
        "A+/",
        "bearer ",
        "key\n\n\n",
        "v1.",
        "\n",
    ):
        redact((piece * 200_000)[:200_000])
    assert time.process_time() - began < 4


def test_json_says_the_same_without_what_a_terminal_obeys() -> None:
    value = {"n\u202eame": "\x9b31m é \x7f \u2066नि \U000e0041\nend"}
    text = json.dumps(value, ensure_ascii=False, indent=2)
    shown = escaped_json(text)
    assert json.loads(shown) == value and "é" in shown
    assert all(character.isprintable() or character == "\n" for character in shown)

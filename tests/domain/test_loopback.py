"""Which addresses are this computer's."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis.strategies import integers, ip_addresses, just, sampled_from

from advisor.domain.loopback import is_here

LOOPBACK = ip_addresses(network="127.0.0.0/8")
PORTS = integers(1, 65535)


@given(LOOPBACK, PORTS, sampled_from(["http://", "https://", ""]), sampled_from(["", "/v1"]))
def test_every_address_of_the_loopback_network_is_here(number: object, port: int, scheme: str, path: str) -> None:
    assert is_here(f"{scheme}{number}:{port}{path}")


@given(ip_addresses(v=4).filter(lambda number: not number.is_loopback and not number.is_unspecified), PORTS)
def test_no_other_number_is(number: object, port: int) -> None:
    assert not is_here(f"http://{number}:{port}")


@given(LOOPBACK, just("evil.example"))
def test_a_name_that_begins_with_one_is_not(number: object, name: str) -> None:
    assert not is_here(f"http://{number}.{name}:8000")
    assert not is_here(f"http://{number}@{name}:8000")


@pytest.mark.parametrize(
    "address",
    ["http://localhost:1", "LOCALHOST:11434", "http://[::1]:8000/v1", "0.0.0.0:11434", "http://[::]:1",
     "http://[::ffff:127.0.0.2]:1"],
)  # fmt: skip
def test_names_and_numbers_that_mean_this_computer(address: str) -> None:
    assert is_here(address)


@pytest.mark.parametrize(
    "address", ["", "http://", "gpu-box:8000", "http://128.0.0.1", "localhost.example", "http://[::2]"]
)
def test_those_that_do_not(address: str) -> None:
    assert not is_here(address)

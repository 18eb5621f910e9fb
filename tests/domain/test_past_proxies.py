"""Servers on this computer are reached past a proxy, and nothing else is changed for that."""

from __future__ import annotations

import pytest

from advisor.domain.loopback import past_proxies

HERE = "127.0.0.1,localhost,::1,0.0.0.0"


@pytest.mark.parametrize("name", ["http_proxy", "HTTP_PROXY", "https_proxy", "ALL_PROXY"])
def test_where_a_proxy_is_named_this_computer_is_an_exception(name: str) -> None:
    assert past_proxies({name: "http://proxy:3128"}) == {"no_proxy": HERE, "NO_PROXY": HERE}


def test_without_a_proxy_nothing_is_set() -> None:
    assert past_proxies({}) == past_proxies({"NO_PROXY": ".example.org", "HTTP_PROXY": ""}) == {}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"NO_PROXY": ".example.org, localhost"}, ".example.org,localhost,127.0.0.1,::1,0.0.0.0"),
        ({"no_proxy": "one", "NO_PROXY": "two, one"}, f"one,two,{HERE}"),
        ({"no_proxy": "", "NO_PROXY": "two"}, f"two,{HERE}"),
        ({"no_proxy": "one", "NO_PROXY": "*"}, f"one,{HERE}"),
    ],
)
def test_exceptions_of_the_users_own_are_kept(before: dict[str, str], after: str) -> None:
    told = past_proxies({"HTTP_PROXY": "http://proxy:3128", **before})
    assert set(told.values()) == {after}
    assert past_proxies({"HTTP_PROXY": "http://proxy:3128", **told}) == told


@pytest.mark.parametrize("named", [{"no_proxy": "*"}, {"NO_PROXY": "*"}, {"no_proxy": "*", "NO_PROXY": "two"}])
def test_where_no_proxy_is_used_at_all_nothing_is_added(named: dict[str, str]) -> None:
    assert past_proxies({"HTTP_PROXY": "http://proxy:3128", **named}) == {}

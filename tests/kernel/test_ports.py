from typing import Protocol

import pytest

from motcua.kernel import ports


class Doorbell(Protocol):
    def ring(self) -> str: ...


class Loud:
    def ring(self) -> str:
        return "RING"


class Quiet:
    def ring(self) -> str:
        return "ring"


@pytest.fixture(autouse=True)
def nothing_plugged_in(monkeypatch):
    monkeypatch.setattr(ports, "_factories", {})


def test_a_port_gives_a_new_adapter_each_time():
    ports.provide(Doorbell, Loud)

    assert ports.resolve(Doorbell).ring() == "RING"
    assert ports.resolve(Doorbell) is not ports.resolve(Doorbell)


def test_a_port_that_nothing_serves_says_which():
    with pytest.raises(ports.NothingServes, match="Doorbell"):
        ports.resolve(Doorbell)


@pytest.mark.parametrize("ends_badly", [False, True])
def test_an_override_ends_with_its_block(ends_badly):
    ports.provide(Doorbell, Loud)
    try:
        with ports.overridden(Doorbell, Quiet()) as quiet:
            assert ports.resolve(Doorbell) is quiet
            if ends_badly:
                raise KeyError
    except KeyError:
        pass

    assert ports.resolve(Doorbell).ring() == "RING"


def test_an_override_of_nothing_leaves_nothing():
    with ports.overridden(Doorbell, Quiet()):
        pass

    with pytest.raises(ports.NothingServes):
        ports.resolve(Doorbell)

"""What every frame shows around its page: who is signed in, the menu, the telephone, the banner."""

from collections.abc import Hashable
from contextlib import suppress
from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from motcua.accounts.models import Account
from motcua.kernel import clock
from motcua.offices.queries import NotAnOfficer
from motcua.parties.queries import person_of

from . import navigation
from .asked import Asked, Waiting, waiting_for
from .sessions import mandate_in


class Frame:
    """The frame of one page. Each part is read when a template first asks for it."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.city_phone = settings.CITY_PHONE
        self.city_phone_hours = settings.CITY_PHONE_HOURS
        self.demonstration = settings.DEMONSTRATION
        self.languages = settings.LANGUAGES
        self.now = clock.now()

    @cached_property
    def portal(self) -> tuple[navigation.Link, ...]:
        """The citizen's menu."""
        return navigation.links(navigation.PORTAL, self.request)

    @cached_property
    def desk(self) -> tuple[navigation.Link, ...]:
        """The officer's menu."""
        if not self.mandate:
            return ()
        return navigation.links(
            navigation.offered(navigation.DESK, self.mandate),
            self.request,
            counted=("desk:notices", self.waiting.count),
        )

    @cached_property
    def waiting(self) -> Waiting:
        """What waits for the officer."""
        counted: Waiting | None = getattr(self.request, "waiting", None)
        return counted or waiting_for(self.mandate, at=self.now)

    @property
    def asked(self) -> tuple[Asked, ...]:
        """What is asked of the officer beside dossiers."""
        return self.waiting.asked if self.mandate else ()

    @cached_property
    def board(self) -> tuple[navigation.Link, ...]:
        """The menu of leaders, of the plan's agencies and of the city's office."""
        return navigation.links(navigation.offered(navigation.BOARD, self.mandate), self.request)

    @cached_property
    def console(self) -> tuple[navigation.Link, ...]:
        """The operator's menu, for those who run the system."""
        return navigation.links(navigation.offered(navigation.CONSOLE, self.mandate), self.request)

    @cached_property
    def shown(self) -> tuple[Hashable, ...]:
        """All that an officer's frame shows: what is drawn with it and `kept` names this."""
        menus = self.desk, self.board, self.console
        return *menus, self.asked, self.mandate, self.demonstration, clock.day_of(self.now)

    @property
    def account(self) -> Account | None:
        """The account that is signed in, or None. Error pages may come without any."""
        user = getattr(self.request, "user", None)
        return user if isinstance(user, Account) else None

    @property
    def signed_in(self) -> bool:
        """Whether somebody is signed in."""
        return self.account is not None

    @property
    def person(self) -> Any:
        """The citizen who is signed in, or None."""
        if not hasattr(self, "_person"):
            kept = getattr(self.request, "person", None)
            self._person = kept or (person_of(self.account) if self.account else None)
        return self._person

    @property
    def mandate(self) -> Any:
        """The mandate of the officer who is signed in, or None."""
        if not hasattr(self, "_mandate"):
            self._mandate = getattr(self.request, "mandate", None)
            if self._mandate is None and self.account:
                with suppress(NotAnOfficer):
                    self._mandate = mandate_in(self.request, clock.day_of(self.now))
        return self._mandate


def frame(request: HttpRequest) -> dict[str, Any]:
    """Return the frame for the templates (a context processor)."""
    return {"frame": Frame(request)}

"""What every frame shows around its page: who is signed in, the menu, the telephone, the banner."""

from collections.abc import Hashable
from contextlib import suppress
from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from motcua.accounts.models import Account
from motcua.dossiers.queries import unread_notices
from motcua.kernel import clock
from motcua.offices.models import PostRole
from motcua.offices.queries import NotAnOfficer, mandate_of, works_for_city
from motcua.parties.queries import person_of
from motcua.plans.definitions import agencies_acted_for

from . import navigation


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
            return navigation.links(navigation.DESK, self.request)
        counted = getattr(self.request, "unread_notices", None)
        unread = unread_notices(self.mandate) if counted is None else counted
        return navigation.links(navigation.DESK, self.request, counted=("desk:notices", unread))

    @cached_property
    def board(self) -> tuple[navigation.Link, ...]:
        """The leader's menu, the plan's for its agencies, the city office's for its officers."""
        if not self.mandate:
            return ()
        items: list[navigation.Item] = []
        takes_part = agencies_acted_for(self.mandate)
        if PostRole.LEADER in self.mandate.roles:
            items += [i for i in navigation.BOARD if takes_part or i is not navigation.PLAN]
        elif takes_part:
            items.append(navigation.PLAN)
        if works_for_city(self.mandate):
            items += navigation.OFFICE
        return navigation.links(items, self.request)

    @cached_property
    def console(self) -> tuple[navigation.Link, ...]:
        """The operator's menu, for those who run the system."""
        if not self.mandate or PostRole.ADMINISTRATOR not in self.mandate.roles:
            return ()
        return navigation.links(navigation.CONSOLE, self.request)

    @cached_property
    def shown(self) -> tuple[Hashable, ...]:
        """All that an officer's frame shows: what is drawn with it and `kept` names this."""
        menus = self.desk, self.board, self.console
        return *menus, self.mandate, self.demonstration, clock.day_of(self.now)

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
                    today = clock.day_of(self.now)
                    self._mandate = mandate_of(self.account, today)
        return self._mandate


def frame(request: HttpRequest) -> dict[str, Any]:
    """Return the frame for the templates (a context processor)."""
    return {"frame": Frame(request)}

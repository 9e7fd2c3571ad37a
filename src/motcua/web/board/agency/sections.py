"""
What other rooms show on an agency's page, such as the plan's tasks that wait for an answer.

Each is a function of the request and the row that returns a drawn part of the page (a section with
a heading), or an empty one where there is nothing to say. A new one joins `SECTIONS`.
"""

from collections.abc import Callable

from django.utils.safestring import SafeString

from motcua.steering.queries.targets import Row
from motcua.web.access import OfficerRequest

Section = Callable[[OfficerRequest, Row], SafeString]

SECTIONS: tuple[Section, ...] = ()

"""What every act may find wanting in what it was told."""

from django.utils.translation import gettext as _

from motcua.kernel import text


class Incomplete(Exception):
    """The act lacks something it needs; the message says what to fill in."""


def required_text(value: str, message: str, *, longest: int = 2000) -> str:
    """
    Return the text trimmed and in one Unicode form.

    :raises Incomplete: with the message, if nothing is left; or if it is too long
    """
    cleaned = text.clean_lines(value)
    if not cleaned:
        raise Incomplete(message)
    if len(cleaned) > longest:
        raise Incomplete(_("Nội dung dài quá %(longest)s ký tự.") % {"longest": longest})
    return cleaned

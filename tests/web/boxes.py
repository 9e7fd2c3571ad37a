"""What a browser posts for an answer."""

from motcua.procedures.definitions import Widget
from motcua.web.answers import date_parts


def posted_form(question, answer):
    """Return the boxes that would be posted for an answer: the inverse of reading it."""
    if answer is None:
        return {}
    if question.widget is Widget.DATE:
        return {f"{question.key}-{part}": value for part, value in date_parts(answer).items()}
    if question.widget is Widget.YES_NO and isinstance(answer, bool):
        return {question.key: "yes" if answer else "no"}
    return {question.key: str(answer)}

"""What the log looks like, and what may not stand in it: numbers by which a person is known."""

import re
from typing import Any

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

# A citizen's number is twelve digits that begin with a province's code, 001 to 096.
_PERSONAL_ID = re.compile(r"(?<![\d.-])0\d{11}(?!\d)")
_PHONE = re.compile(r"(?<![\d.-])(?:\+?84|0)[ .]?\d(?:[ .]?\d){8}(?!\d)")
# Begun at the start of a word only, or a long word without @ is read once from each of its letters.
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]++@[\w-]+(?:\.[\w-]+)+")
_BEARER = re.compile(r"(?i)(?<=bearer )\S+")


def mask(text: str) -> str:
    """Return the text without personal ids, phone numbers, e-mail addresses and bearer tokens."""
    text = _BEARER.sub("[token]", text)
    text = _PERSONAL_ID.sub("[personal id]", text)
    text = _PHONE.sub("[phone]", text)
    return _EMAIL.sub("[e-mail]", text)


def _masked(value: Any) -> Any:
    match value:
        case str():
            return mask(value)
        case dict():
            return {key: _masked(inner) for key, inner in value.items()}
        case list() | tuple() | set() | frozenset():
            return [_masked(inner) for inner in value]
        case None | bool() | int() | float():
            return value
        case _:
            return mask(str(value))


def mask_personal_data(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Mask every text of a log entry, the traceback included. A structlog processor."""
    # What begins with "_" is structlog's own and never printed.
    return {key: value if key.startswith("_") else _masked(value) for key, value in event.items()}


_COMMON: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


def configuration(*, json: bool, level: str) -> dict[str, Any]:
    """Return LOGGING: one stream, JSON for machines or lines for people, always masked."""
    renderer: Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if json
        else structlog.dev.ConsoleRenderer(colors=False, pad_event_to=0)
    )
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_COMMON,
            structlog.stdlib.PositionalArgumentsFormatter(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "masked": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": [*_COMMON, structlog.stdlib.ExtraAdder()],
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    structlog.processors.StackInfoRenderer(),
                    # To text before masking: an exception quotes what it stumbled on.
                    structlog.processors.format_exc_info,
                    _without_request,
                    mask_personal_data,
                    renderer,
                ],
            }
        },
        "handlers": {"stream": {"class": "logging.StreamHandler", "formatter": "masked"}},
        "root": {"handlers": ["stream"], "level": level},
        "loggers": {
            "django": {"handlers": [], "level": "INFO", "propagate": True},
            # Says each job twice and each poll once.
            "procrastinate": {"level": "WARNING"},
            "asyncio": {"level": "WARNING"},
            # Announces itself in every process.
            "pikepdf": {"level": "WARNING"},
            # Repeats itself several times a second while the database is away.
            "psycopg.pool": {"level": "ERROR"},
        },
    }


def _without_request(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    # Django hands the whole request to the log; its path is in the message already.
    event.pop("request", None)
    return event

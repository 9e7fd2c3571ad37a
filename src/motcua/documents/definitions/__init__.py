"""What a file really is, and how a paper of the city's own is set."""

from .contents import (
    JPEG,
    PDF,
    PIXELS_MAX,
    PNG,
    SUFFIXES,
    FileIsDamaged,
    FileIsEmpty,
    FileIsPasswordProtected,
    FileIsTooBig,
    FileRefused,
    FileTypeIsNotAccepted,
    check_content,
)
from .envelopes import day_apart, envelope, moment_apart
from .typesetting import ROOT, as_text, typeset

__all__ = [
    "JPEG",
    "PDF",
    "PIXELS_MAX",
    "PNG",
    "ROOT",
    "SUFFIXES",
    "FileIsDamaged",
    "FileIsEmpty",
    "FileIsPasswordProtected",
    "FileIsTooBig",
    "FileRefused",
    "FileTypeIsNotAccepted",
    "as_text",
    "check_content",
    "day_apart",
    "envelope",
    "moment_apart",
    "typeset",
]

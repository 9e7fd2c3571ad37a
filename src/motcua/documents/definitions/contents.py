"""What a file really is, judged by its bytes and never by its name."""

import io
import warnings

import pikepdf
from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

PDF = "application/pdf"
JPEG = "image/jpeg"
PNG = "image/png"

# How the name of such a file ends; the first is put where none of them stands.
SUFFIXES = {PDF: (".pdf",), JPEG: (".jpg", ".jpeg"), PNG: (".png",)}

# 50 million pixels is an A3 page at 600 dpi; more is a bomb or a mistake.
PIXELS_MAX = 50_000_000

# A reader looks for the end of a PDF in its last kilobyte. qpdf would mend a file that has none,
# but what was cut off with it stays missing.
_PDF_END = b"%%EOF"
_PDF_END_WITHIN = 1024

_SIGNATURES = ((b"%PDF-", PDF), (b"\xff\xd8\xff", JPEG), (b"\x89PNG\r\n\x1a\n", PNG))


class FileRefused(Exception):
    """The file cannot be taken; the message tells its owner what to do."""


class FileIsEmpty(FileRefused):
    """There is nothing in the file."""


class FileIsTooBig(FileRefused):
    """The file is larger than the city accepts."""


class FileTypeIsNotAccepted(FileRefused):
    """The content is not of a type that is asked for here."""


class FileIsDamaged(FileRefused):
    """The content breaks off or cannot be opened."""


class FileIsPasswordProtected(FileRefused):
    """The file asks for a password, which nobody at the office has."""


def check_content(content: bytes, *, accepts: frozenset[str], bytes_max: int) -> str:
    """
    Return the media type of the content after opening it.

    :raises FileRefused: one of its kinds, with a message for the owner
    """
    if not content:
        raise FileIsEmpty(_("Tệp không có nội dung. Ông/Bà hãy chọn lại tệp."))
    if len(content) > bytes_max:
        limit = bytes_max // 1_000_000
        raise FileIsTooBig(
            _("Tệp lớn hơn %(limit)s MB. Ông/Bà hãy chụp hoặc quét lại với dung lượng nhỏ hơn.")
            % {"limit": limit}
        )
    media_type = next((kind for start, kind in _SIGNATURES if content.startswith(start)), None)
    if media_type is None or media_type not in accepts:
        raise FileTypeIsNotAccepted(
            _("Tệp phải là %(kinds)s. Ông/Bà hãy chọn tệp khác hoặc chụp lại giấy tờ.")
            % {"kinds": _kinds_in_words(accepts)}
        )
    if media_type == PDF:
        _open_pdf(content)
    else:
        _open_picture(content)
    return media_type


def _open_pdf(content: bytes) -> None:
    if _PDF_END not in content[-_PDF_END_WITHIN:]:
        raise _damaged()
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            pages = len(pdf.pages)
    except pikepdf.PasswordError as error:
        raise FileIsPasswordProtected(
            _("Tệp có mật khẩu. Ông/Bà hãy bỏ mật khẩu rồi tải lên lại.")
        ) from error
    except (pikepdf.PikepdfError, ValueError) as error:
        raise _damaged() from error
    if pages == 0:
        raise _damaged()


def _open_picture(content: bytes) -> None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content)) as picture:
                width, height = picture.size
                if width * height > PIXELS_MAX:
                    raise _too_many_pixels()
                picture.load()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_many_pixels() from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise _damaged() from error


def _damaged() -> FileIsDamaged:
    return FileIsDamaged(_("Tệp bị hỏng, không mở được. Ông/Bà hãy chụp hoặc quét lại."))


def _too_many_pixels() -> FileIsTooBig:
    return FileIsTooBig(
        _("Ảnh có hơn %(limit)s triệu điểm ảnh. Ông/Bà hãy chụp hoặc quét lại với cỡ ảnh nhỏ hơn.")
        % {"limit": PIXELS_MAX // 1_000_000}
    )


def _kinds_in_words(accepts: frozenset[str]) -> str:
    words = {PDF: "PDF", JPEG: "JPG", PNG: "PNG"}
    return ", ".join(word for kind, word in words.items() if kind in accepts)

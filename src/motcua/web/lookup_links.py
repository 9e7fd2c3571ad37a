"""The link behind the QR code: it opens one dossier's status, and says nothing by itself."""

import base64
import binascii
from uuid import UUID

from django.core import signing

from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import NoSuchDossier, dossier_with_id


def token_of(dossier: Dossier) -> str:
    """Return the opaque half of the link. It dies with the look-up secret."""
    name = base64.urlsafe_b64encode(dossier.pk.bytes).decode().rstrip("=")
    return _signer(dossier).sign(name)


def dossier_of_token(token: str) -> Dossier:
    """
    Return the dossier that the link opens.

    :raises NoSuchDossier: if the link is not ours, is damaged, or its secret was replaced
    """
    name = token.rpartition(".")[0]
    try:
        dossier = dossier_with_id(UUID(bytes=base64.urlsafe_b64decode(f"{name}==")))
        _signer(dossier).unsign(token)
    except (ValueError, binascii.Error, signing.BadSignature) as error:
        raise NoSuchDossier(token) from error
    return dossier


def _signer(dossier: Dossier) -> signing.Signer:
    return signing.Signer(sep=".", salt=f"portal.lookup.{dossier.lookup_secret}")

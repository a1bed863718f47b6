"""The provider's access rules: one token for Plex, one for photos, and a signature for each other picture. Pure.

Plex knows no login for a provider, so the token is a part of the address. It shows addresses of pictures to all its
users, so these hold no token with which a user could read the metadata of other scenes.
"""

from __future__ import annotations

import hashlib
import hmac
import re

TOKEN = re.compile(r"[A-Za-z0-9_-]{16,128}")
DIGITS = 32  # of a hash in hexadecimal; 128 bits cannot be guessed
PHOTO = re.compile(r"/performer/\d{1,18}/image")
PICTURE = re.compile(rf"/scene/\d{{1,18}}/(?:screenshot|scene_marker/\d{{1,18}}/screenshot)|{PHOTO.pattern}")


class Access:
    """The rights that one token gives; the provider's routes ask it."""

    def __init__(self, token: str) -> None:
        self._token = token

    @property
    def photos_token(self) -> str:
        """Return the token for photos of performers, which Address for Photos holds; it opens nothing else."""
        return make_hash(self._token, "photos")

    def is_token(self, text: str) -> bool:
        """Return True if a text is the token; each request of Plex is tested so.

        The time of the comparison does not tell how much of the text is right.
        """
        return hmac.compare_digest(text.encode(), self._token.encode())

    def sign_picture(self, path: str) -> str:
        """Return the signature of a picture's path at Stash, which stands before it in the provider's address."""
        return make_hash(self._token, path)

    def allows_picture(self, signature: str, path: str) -> bool:
        """Return True if the first part of an address is the signature of this path of Stash, or the token for photos.

        Only paths of covers and of performers' photos are allowed; the routes ask this before the token.
        """
        if not PICTURE.fullmatch(path):
            return False
        given = signature.encode()
        is_photo = bool(PHOTO.fullmatch(path)) and hmac.compare_digest(given, self.photos_token.encode())
        return is_photo or hmac.compare_digest(given, self.sign_picture(path).encode())


def derive_token(api_key: str) -> str:
    """Return the token that belongs to an API key of Stash, if no other was given; it does not tell the key."""
    return make_hash(api_key, "Stash2Plex provider")


def make_hash(secret: str, text: str) -> str:
    """Return the keyed hash of a text, for tokens and signatures. Neither secret nor text can be found from it."""
    return hmac.new(secret.encode(), text.encode(), hashlib.sha256).hexdigest()[:DIGITS]

"""The clerk's desk, for every test of imports."""

from tests.import_desk import desk, media, signed_in

__all__ = ["desk", "media", "signed_in"]

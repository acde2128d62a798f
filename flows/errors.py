"""The errors that a user can meet, each a sentence that says where, what was found, and what to do next."""


class WirehouseError(Exception):
    """Any error that is the user's to mend; the command line prints its message alone and exits with its code."""

    exit_code = 1


class Stopped(BaseException):
    """The user or the system asks the program to stop; no page is to blame, so nothing that catches errors may catch it."""


class InputNotFound(WirehouseError):
    """A path or glob on the command line names nothing."""

    exit_code = 2


class WarehouseUnusable(WirehouseError):
    """The warehouse file cannot be opened: of another version, corrupt, in use, or in a folder that cannot be written."""


class NothingLoaded(WirehouseError):
    """A run ended well, but every input that it was given was rejected."""

    exit_code = 3


class CheckFailed(WirehouseError):
    """A promise of ``sql/checks`` does not hold; the last good warehouse is still in place."""

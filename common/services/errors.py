"""Why the development services cannot run, in one line that says what to do."""


class ServicesError(RuntimeError):
    """The message is for a person: one line, no traceback needed."""

"""Terms and inputs that make no sense, in a sentence for the person who wrote them."""


class TermsRefused(ValueError):  # noqa: N818 - a refusal is a word of the domain
    """A plan contradicts itself."""


class StatementRefused(ValueError):  # noqa: N818 - as above
    """A statement's inputs contradict each other, or its file is not one."""

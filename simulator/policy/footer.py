"""The words at the end of a text that say how to stop its line: «لغو ۱۱», and how else they are written."""

_STOP = "لغو"


def footer_code(folded: str) -> str | None:
    """The digits behind «لغو» at the very end of a folded text; None where nothing of the kind ends it.

    Between the two may be blanks, line breaks, and one colon or equals sign.
    """
    return _parted(folded)[1]


def without_footer(folded: str) -> str:
    """A folded text up to its footer."""
    return _parted(folded)[0]


# By hand, from the end: as a regular expression it would try a long run of blanks in every division.
def _parted(folded: str) -> tuple[str, str | None]:
    whole = folded.rstrip()
    before = whole.rstrip("0123456789")
    code = whole[len(before) :]
    before = before.rstrip()
    if before.endswith((":", "=")):
        before = before[:-1].rstrip()
    if code and before.endswith(_STOP):
        return before.removesuffix(_STOP), code
    return folded, None

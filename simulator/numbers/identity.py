"""Identity numbers of Iranian persons and companies, by their check digits."""

from itertools import cycle

_COMPANY_WEIGHTS = (29, 27, 23, 19, 17)


def is_national_code(written: str) -> bool:
    """Whether ten digits are a natural person's national code: the last is a check digit modulo 11."""
    if not (written.isascii() and written.isdigit()) or len(written) != 10 or len(set(written)) == 1:
        return False
    rest = sum(int(digit) * weight for digit, weight in zip(written, range(10, 1, -1), strict=False)) % 11
    return int(written[9]) == (rest if rest < 2 else 11 - rest)


def is_company_id(written: str) -> bool:
    """Whether eleven digits are a company's national identifier; the tenth moves each before it is weighed."""
    if not (written.isascii() and written.isdigit()) or len(written) != 11:
        return False
    moved = int(written[9]) + 2
    weighed = sum(
        (int(digit) + moved) * weight for digit, weight in zip(written[:10], cycle(_COMPANY_WEIGHTS), strict=False)
    )
    return int(written[10]) == weighed % 11 % 10

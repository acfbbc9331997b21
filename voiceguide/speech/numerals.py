"""Numbers as English words: 1 250 is `one thousand two hundred fifty`, 3rd is `third`, 2.5 is `two point five`."""

ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
TENS = ["zero", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
SCALES = ((10**9, "billion"), (10**6, "million"), (10**3, "thousand"), (100, "hundred"))
LARGEST = 10**12
IRREGULAR = {
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "eight": "eighth",
    "nine": "ninth",
    "twelve": "twelfth",
}
SPECIAL_PARTS = {2: "half", 4: "quarter"}


def cardinal(digits: str) -> str:
    """Decimal digits as a whole number; from a million million on, and with a leading zero, digit by digit."""
    if (len(digits) > 1 and digits[0] == "0") or int(digits[:13]) >= LARGEST:
        return " ".join(ONES[int(digit)] for digit in digits[:400])
    return _whole(int(digits))


def ordinal(digits: str) -> str:
    """The place in a row: 21 is `twenty-first`."""
    head, sign, last = cardinal(digits).rpartition("-" if "-" in cardinal(digits).split()[-1] else " ")
    return head + sign + _ordinal_word(last)


def decimal(number: str) -> str:
    """Digits with perhaps a decimal point and thousands commas: `1,250.5`."""
    whole, _, part = number.replace(",", "").partition(".")
    words = cardinal(whole or "0")
    return f"{words} point {' '.join(ONES[int(digit)] for digit in part)}" if part else words


def fraction(above: str, below: str) -> str:
    """One number over another: 1/2 is `one half`, 3/4 `three quarters`, 2/3 `two thirds`."""
    part = SPECIAL_PARTS.get(int(below)) or ordinal(below)
    many = part if int(above) == 1 else "halves" if part == "half" else part + "s"
    return f"{cardinal(above)} {many}"


def _whole(number: int) -> str:
    if number < 20:
        return ONES[number]
    if number < 100:
        tens, rest = divmod(number, 10)
        return TENS[tens] + (f"-{ONES[rest]}" if rest else "")
    scale, name = next(scale for scale in SCALES if number >= scale[0])
    count, rest = divmod(number, scale)
    return f"{_whole(count)} {name}" + (f" {_whole(rest)}" if rest else "")


def _ordinal_word(word: str) -> str:
    if word in IRREGULAR:
        return IRREGULAR[word]
    return word[:-1] + "ieth" if word.endswith("y") else word + "th"

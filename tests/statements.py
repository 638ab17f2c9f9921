"""Statements made up for the tests of the checker: many wordings, right and wrong, by a fixed seed.

Each set was written down before the checker met it, and taught it afterwards. When first met, of
all that the checker called wrong in 4,000 statements this share was (precision), and of all that
was wrong it found this share (recall): first set 0.94 and 0.89, of which all false alarms came from
misread thousands; second 1.00 and 0.70; third 0.80 and 0.69. A paper in words that it has not met
fares like the third.
"""

import random
from decimal import ROUND_HALF_UP, Decimal

# {a} before, {b} after, {d} the per cent without its sign, {s} with it, {way} and so on: its words.
FIRST = {
    "change": [
        "Burglary {rose} by {d}%, from {a} to {b}.",
        "Robbery {rose} from {a} offences to {b} ({s}%).",
        "There were {b} homicides, {up} {d}% from {a} the year before.",
        "Recorded offences {rose} {d} per cent from {a} in 2010/11 to {b} in 2011/12.",
        "Knife crime: {s}%; {a} last year compared to {b} this year.",
        "{b} vehicles were taken this year against {a} last year, {an} {rise} of {d}%.",
        "The borough recorded {b} offences compared with {a} in the same period last year ({s}%).",
        "This is {an} {rise} of {d}%, from {a} to {b} victims.",
        "Theft from the person went from {a} to {b}, {an} {rise} of {d} per cent.",
        "In the year to March there were {b} offences ({a} the year before), {an} {d}% {rise}.",
        "Calls to the police {rose} to {b} from {a}, {an} {d}% {rise}.",
        "Gun crime stands at {b}, {up} by {d}% on last year's {a}.",
        "Over 12 months, {b} offences were recorded versus {a} previously: {s}%.",
        "We saw {d}% {more} offences: {b} this year and {a} last year.",
        "Criminal damage: {a} in 2011, {b} in 2012 ({s}%).",
        "{an_} {d} per cent {rise} in thefts was recorded: {b} against {a} a year earlier.",
        "Where {a} complaints were made last year, {b} were made this year, {s}%.",
        "Complaints, which numbered {a} last year, {rose} {d}% to {b}.",
        "Total offences: {b} (previous year {a}; change {s}%).",
        "The number of officers {rose} by {d} percent to {b}, having been {a} in 2010.",
    ],
    "share": [
        "Of the {n} offences {k} ({p}%) involved discharged firearms.",
        "{k} of {n} offences ({p}%) were solved.",
        "{k} out of {n} calls, or {p} per cent, came from repeat callers.",
        "{p}% of offences ({k} of {n}) involved injury.",
        "Of {n} victims, {k} were under 25 ({p}%).",
        "{p} per cent ({k} out of {n}) of respondents were worried.",
        "Sanction detections: {k}/{n} ({p}%).",
        "There were {n} offences, {k} of which ({p}%) led to a charge.",
        "There were {n} stops, of which {k} ({p}%) led to an arrest.",
        "{k} of the {n} recommendations were accepted, {p}% of the total.",
        "Some {p}% of the boroughs' {n} wards, {k} in all, had a panel.",
        "{k} incidents out of a total of {n} were crimes ({p}%).",
    ],
    "level": [
        "Confidence {rose} from {x}% to {y}%, {an} {rise} of {g} percentage points.",
        "Confidence is at {y}%, {up} {g} percentage points from {x}%.",
        "Satisfaction {rose} by {g} percentage points, from {x} per cent to {y} per cent.",
        "The detection rate was {y}% compared with {x}% last year ({sg} percentage points).",
        "{an_} {rise} of {g} points took the share from {x}% to {y}%.",
        "The measure now stands at {y}%. This is {an} {rise} of {g} percentage points from {x}%.",
    ],
    None: [  # numbers that make no such statement
        "The target is {x}% by March 2012, with an interim target of {y}% by March 2011.",
        "Performance ranges from {x}% in one borough to {y}% elsewhere; {k} boroughs met it.",
        "In the last 12 weeks burglary changed by {s}%; on 17 May 2010 there were {n} calls.",
        "Officers fell from {n} to {k} by 2022/23, a 15-year low, while crime rose by 8 per cent.",
        "Burglary rose by 1.5 per cent, below the average of {x} per cent; {k} of {n} were late.",
        "{k} of the {n} boroughs replied by 6 March 2013 and {x}% of residents were content.",
        "The sample is {n}; {y}% said yes and {x}% said no.",
        "Rates: burglary {s}%, robbery {sg}%, theft 3.9%, for {k} wards and {n} residents.",
        "Confidence rose from {x}% in one survey to {y}% in another, and costs fell by 20%.",
        "Crime fell by {d}%. There were {k} homicides and {n} robberies.",
        "Of {n} people asked, {k} replied; the margin is 2.6%.",
        "Paragraph 12 gives {n} offences for 2009-10 and section 3 a fall of {d}%.",
    ],
}
SECOND = {
    "change": [
        "{b} burglaries were recorded in the quarter, {s}% on the {a} of a year earlier.",
        "Compared with {a} offences in 2009/10, the {b} of 2010/11 are {an} {rise} of {d}%.",
        "Robbery offences ({a} to {b}) {rose} {d}%.",
        "At {b}, the count is {d}% {higher} than the {a} of last year.",
        "Last year saw {a} thefts; this year has seen {b}, {s}%.",
        "The total {rose} {d} per cent to {b} ({a} in the previous 12 months).",
        "Recorded rapes: {b} (was {a}), {s}%.",
        "From {a} in May to {b} in June is {an} {rise} of {d}%.",
        "Assaults were {up} {d}%, with {b} recorded against {a} in the same quarter of last year.",
        "Personal robbery {rose} from {a} crimes in 2013/14 to {b} crimes in 2014/15, which is "
        "{an} {rise} of {d} per cent.",
        "Stops {rose} by {off} to {b}, or {d}%.",
        "{b} offences, {off} {more} than last year ({s}%).",
        "There were {b} homicides, {off} {more} ({d}%).",
    ],
    "share": [
        "Only {k} of {n} cases were charged, a rate of {p}%.",
        "The detection rate was {p}%: {k} detections for {n} offences.",
        "{p}% ({k}/{n}) of victims were satisfied.",
        "Out of {n} respondents {k} said yes, which is {p} per cent.",
        "{k} victims, or {p}% of {n}, were repeat victims.",
        "Injury was caused in {k} of the {n} offences, that is {p}%.",
        "Among the {n} wards, {k} ({p}%) had a vacancy.",
        "{k} officers out of a workforce of {n} ({p}%) were absent.",
    ],
    "level": [
        "Trust was {y}%, against {x}% a year ago: {sg} percentage points.",
        "The share who worry {rose} {g} percentage points to {y}%, from {x}%.",
        "{x}% said so last year and {y}% this year, {an} {rise} of {g} percentage points.",
        "Victim satisfaction moved from {x}% to {y}% ({sg}pp).",
    ],
    None: [
        "The force had {n} officers and {k} staff, and {x}% of them were women.",
        "A sample of {n} gives {x}% plus or minus 2.6%.",
        "Burglary was {x}% of offences in 2011 and {y}% in 2012; there were {n} burglaries.",
        "With {n} residents and {k} calls the rate is {x} per 1,000, {s}% on the year.",
        "{k} of the {n} boroughs saw a fall of more than 10%.",
        "Costs rose 3% while {k} of {n} posts were cut.",
        "Of {n} wards {k} were above the average of {x}%.",
        "The target of {x}% was missed: {y}% were content, and {k} of {n} letters went unanswered.",
        "Victims were {n} in 2011 and {k} in 2012. Satisfaction rose by {g} percentage points.",
        "Burglary fell {d}% in the year in which {k} officers and {n} volunteers were recruited.",
    ],
}
THIRD = {
    "change": [
        "Shoplifting has {risen} by {d}% since last year ({a} then, {b} now).",
        "In 2011/12 there were {a} offences. In 2012/13 there were {b}, {an} {rise} of {d}%.",
        "There has been {an} {rise} in robbery of {d}%, from {a} to {b}.",
        "Year to date {b} ({s}%) against {a}.",
        "Numbers of officers are {up} from {a} to {b} ({s}%).",
        "{b} crimes of this kind were reported, which compares with {a} last year ({s}%).",
        "Arson: {b} this month, {a} last month, {s}%.",
        "Calls stood at {a} in April 2012 and at {b} in April 2013, {an} {rise} of {d} per cent.",
        "The {d}% {rise} in vehicle crime (from {a} to {b}) was the largest of all.",
        "Harassment {rose} from a low base of {a} to {b}, or by {d}%.",
    ],
    "share": [
        "Some {k} of all {n} callers called twice ({p}%).",
        "Of the {n} cases considered by the panel, {k} were upheld ({p}%).",
        "Officers were injured in {p}% of assaults ({k} out of {n}).",
        "{k} (or {p}%) of the {n} homes had been burgled before.",
        "With {k} of {n} posts filled, {p}% of the plan is done.",
        "Detections were {k} of {n}; that is a rate of {p}%.",
    ],
    "level": [
        "From {x}% in the first quarter, confidence has {risen} to {y}%, {sg} percentage points.",
        "Confidence {rose} {g} percentage points between the two waves, from {x}% to {y}%.",
        "Punctuality was {y}%, which is {g} percentage points {higher} than the {x}% of 2011.",
        "Those who feel informed: {y}% (last year {x}%, {sg} percentage points).",
    ],
    None: [
        "The plan for 2013-16 has {k} actions, {n} milestones and a saving of {x}%.",
        "{x}% of women and {y}% of men replied, {n} and {k} people.",
        "Members asked {k} questions in 2012 and {n} in 2013; {x}% had an answer.",
        "Theft is {k} of every {n} crimes, and it fell by {d}% in 2012.",
        "The {n} offences in London compare with {k} elsewhere. London has {x}% of residents.",
        "From {n} in the north to {k} in the south, calls were down {d}% on the week.",
        "An error of {x}% was found in {k} of {n} files, and {y}% of staff were trained.",
    ],
}
UP = {
    "rose": "rose",
    "rise": "increase",
    "an": "an",
    "up": "up",
    "more": "more",
    "higher": "higher",
    "risen": "risen",
}
DOWN = {
    "rose": "fell",
    "rise": "fall",
    "an": "a",
    "up": "down",
    "more": "fewer",
    "higher": "lower",
    "risen": "fallen",
}


def statements(wordings, number, seed=2010):
    """A list of (text, kind, whether it follows); kind is None where nothing is stated."""
    chance = random.Random(seed)
    return [_one(wordings, chance) for _ in range(number)]


def _one(wordings, chance):
    kind = chance.choice(["change", "share", "level", None])
    right = chance.random() < 0.5
    a, b = chance.randint(20, 90_000), 0
    b = max(1, round(a * chance.uniform(0.5, 1.6)))
    n = chance.randint(30, 9_000)
    k = chance.randint(1, n - 1)
    x = Decimal(chance.randint(200, 700)) / 10
    y = x + Decimal(chance.choice([-1, 1]) * chance.randint(4, 120)) / 10
    error = Decimal(0) if right else _error(chance)
    change = _tenth(Decimal(100) * (b - a) / a)
    words = (UP if b >= a else DOWN) if kind != "level" else (UP if y >= x else DOWN)
    gap = y - x
    values = {
        "a": _count(chance, a),
        "b": _count(chance, b),
        "n": _count(chance, n),
        "k": _count(chance, k),
        "x": x,
        "y": y,
        "p": max(Decimal("0.1"), _tenth(Decimal(100) * k / n) + error),
        "d": abs(change) + abs(error),
        "s": f"{change + (abs(error) if change >= 0 else -abs(error)):+}",
        "g": abs(gap) + abs(error),
        "sg": f"{gap + (abs(error) if gap >= 0 else -abs(error)):+}",
        "off": f"{abs(b - a):,}",
        "an_": words["an"].capitalize(),
        **words,
    }
    share = _tenth(Decimal(100) * k / n)
    follows = right or (kind == "share" and values["p"] == share)
    wording = chance.choice(wordings[kind])
    return wording.format(**values), kind, follows


def _error(chance):
    """How far a wrong figure is off: from a slip of the last digit upwards, but for rounding."""
    return Decimal(chance.choice([-1, 1]) * chance.randint(3, 90)) / 10


def _count(chance, number):
    return f"{number:,}" if chance.random() < 0.8 else str(number)


def _tenth(value):
    return value.quantize(Decimal("0.1"), ROUND_HALF_UP)

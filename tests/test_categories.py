"""Every scheme of the borough files is recognised, and its categories count as they should."""

import csv

import pytest
from files import measured, read
from scrutiny.measures import catalogue

MOPAC7 = {
    "violence-with-injury", "robbery", "burglary", "theft-person", "theft-of-motor-vehicle",
    "theft-from-motor-vehicle", "criminal-damage",
}  # fmt: skip

# Major and minor category, and the measure of the MOPAC 7 that they count towards, if any.
SCHEMES = {
    "A": """
        Violence Against the Person | Assault with Injury | violence-with-injury
        Violence Against the Person | Wounding/GBH | violence-with-injury
        Violence Against the Person | Grievous Bodily Harm | violence-with-injury
        Violence Against the Person | Common Assault |
        Violence Against the Person | Murder |
        Robbery | Personal Property | robbery
        Robbery | Business Property | robbery
        Burglary | Burglary in a Dwelling | burglary
        Burglary | Burglary in Other Buildings | burglary
        Criminal Damage | Criminal Damage To Motor Vehicle | criminal-damage
        Criminal Damage | Other Criminal Damage | criminal-damage
        Theft and Handling | Other Theft Person | theft-person
        Theft and Handling | Theft/Taking Of Motor Vehicle | theft-of-motor-vehicle
        Theft and Handling | Theft From Motor Vehicle | theft-from-motor-vehicle
        Theft and Handling | Theft/Taking of Pedal Cycle |
        Theft and Handling | Motor Vehicle Interference & Tampering |
        Drugs | Drug Trafficking |""",
    "A'": """
        Violence Against the Person | Assault with Injury | violence-with-injury
        Violence Against the Person | Wounding/GBH | violence-with-injury
        Violence Against the Person | Harassment |
        Robbery | Personal Property | robbery
        Burglary | Burglary - Residential | burglary
        Burglary | Burglary - Business and Community | burglary
        Criminal Damage | Arson | criminal-damage
        Criminal Damage | Criminal Damage To M/V | criminal-damage
        Theft and Handling | Theft Person | theft-person
        Theft and Handling | Theft/Taking of M/V | theft-of-motor-vehicle
        Theft and Handling | Theft From M/V | theft-from-motor-vehicle
        Theft and Handling | M/V Interference & Tampering |
        Theft and Handling | Other Theft |""",
    "B first form": """
        Arson and Criminal Damage | Arson | criminal-damage
        Arson and Criminal Damage | Criminal Damage | criminal-damage
        Burglary | Burglary - Residential | burglary
        Robbery | Robbery of Business Property | robbery
        Theft | Theft from Person | theft-person
        Theft | Shoplifting |
        Vehicle Offences | Theft or Taking of a Motor Vehicle | theft-of-motor-vehicle
        Vehicle Offences | Aggravated Vehicle Taking | theft-of-motor-vehicle
        Vehicle Offences | Theft from a Motor Vehicle | theft-from-motor-vehicle
        Vehicle Offences | Interfering with a Motor Vehicle |
        Violence Against the Person | Violence with Injury | violence-with-injury
        Violence Against the Person | Violence without Injury |
        Drug Offences | Possession of  Drugs |""",
    "B": """
        Arson and Criminal Damage | Arson | criminal-damage
        Burglary | Domestic Burglary | burglary
        Burglary | Burglary Business and Community | burglary
        Robbery | Robbery of Personal Property | robbery
        Theft | Theft from Person | theft-person
        Theft | Bicycle Theft |
        Vehicle Offences | Theft or Taking of a Motor Vehicle | theft-of-motor-vehicle
        Vehicle Offences | Aggravated Vehicle Taking | theft-of-motor-vehicle
        Vehicle Offences | Theft from a Motor Vehicle | theft-from-motor-vehicle
        Violence Against the Person | Violence with Injury | violence-with-injury
        Violence Against the Person | Homicide |
        Miscellaneous Crimes Against Society | Bail Offences |""",
    "C": """
        ARSON AND CRIMINAL DAMAGE | ARSON | criminal-damage
        ARSON AND CRIMINAL DAMAGE | CRIMINAL DAMAGE | criminal-damage
        BURGLARY | BURGLARY IN A DWELLING | burglary
        ROBBERY | ROBBERY OF PERSONAL PROPERTY | robbery
        THEFT | THEFT FROM THE PERSON | theft-person
        THEFT | OTHER THEFT |
        VEHICLE OFFENCES | THEFT OR UNAUTH TAKING OF A MOTOR VEH | theft-of-motor-vehicle
        VEHICLE OFFENCES | AGGRAVATED VEHICLE TAKING | theft-of-motor-vehicle
        VEHICLE OFFENCES | THEFT FROM A VEHICLE | theft-from-motor-vehicle
        VIOLENCE AGAINST THE PERSON | VIOLENCE WITH INJURY | violence-with-injury
        VIOLENCE AGAINST THE PERSON | HOMICIDE |""",
    "C+": """
        ARSON AND CRIMINAL DAMAGE | CRIMINAL DAMAGE | criminal-damage
        BURGLARY | RES BURGLARY OF A HOME | burglary
        BURGLARY | RES BURGLARY OF UNCONNECTED BUILDING | burglary
        BURGLARY | BURGLARY - RESIDENTIAL | burglary
        ROBBERY | ROBBERY OF BUSINESS PROPERTY | robbery
        THEFT | THEFT FROM THE PERSON | theft-person
        VEHICLE OFFENCES | THEFT OR UNAUTH TAKING OF A MOTOR VEH | theft-of-motor-vehicle
        VEHICLE OFFENCES | AGGRAVATED VEHICLE TAKING | theft-of-motor-vehicle
        VEHICLE OFFENCES | THEFT FROM A VEHICLE | theft-from-motor-vehicle
        VIOLENCE AGAINST THE PERSON | VIOLENCE WITH INJURY | violence-with-injury
        VIOLENCE AGAINST THE PERSON | STALKING AND HARASSMENT |
        VIOLENCE AGAINST THE PERSON | DEATH SERIOUS INJURY ILLEGAL DRIVING |
        NFIB FRAUD | NFIB |""",
}


def lines(scheme):
    """(major, minor, measure or nothing) of a scheme."""
    return [tuple(map(str.strip, row.split("|"))) for row in SCHEMES[scheme].strip().split("\n")]


def file_of(scheme, header="MajorText,MinorText,BoroughName"):
    """A file of Barnet, Brent and Heathrow; each category's count is twice that of the last."""
    rows = [
        f"{major},{minor},{borough},{2**power},{2**power * 3}"
        for borough in ("Barnet", "Brent", "London Heathrow and London City Airports")
        for power, (major, minor, _) in enumerate(lines(scheme))
    ]
    return "\n".join([f"{header},201812,201901", *rows, ""])


def table(root):
    """The project's own table of categories: (major, minor) to measure."""
    with (root / "lib/scrutiny/sources/borough_categories.csv").open(encoding="utf-8") as file:
        return {(row["group"], row["category"]): row["measure"] for row in csv.DictReader(file)}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_file_of_every_scheme_is_recognised(tmp_path, scheme):
    found = read(tmp_path, file_of(scheme))
    assert (found.source, found.layout, found.vintage) == ("borough-24-months", scheme, "2019-01")
    assert (found.first_month, found.last_month, found.areas) == ("2018-12", "2019-01", 3)
    assert found.rows == 3 * len(lines(scheme))
    assert found.notes == ()


@pytest.mark.parametrize("scheme", SCHEMES)
def test_each_schemes_categories_count_towards_the_mopac_7(tmp_path, scheme):
    found = read(tmp_path, file_of(scheme))
    counts = {
        measure: sum(2**power for power, line in enumerate(lines(scheme)) if line[2] == measure)
        for measure in MOPAC7
    }
    assert all(counts.values())
    for measure, count in counts.items():
        assert measured(found, measure, "Brent") == [count, count * 3], measure
    whole = sum(counts.values())
    assert measured(found, "mopac7", "Barnet") == [whole, whole * 3]


def test_every_category_counts_towards_the_total_but_those_that_are_not_notifiable(tmp_path):
    text = file_of("A") + "Other Accepted Crime,Other Accepted Crime,Brent,7,7\n"
    assert measured(read(tmp_path, text), "tno", "Brent") == [2**17 - 1, (2**17 - 1) * 3]


def test_every_whole_major_of_the_mopac_7_is_in_the_table_and_no_other(root):
    whole = {group: m for (group, category), m in table(root).items() if category == "*"}
    assert {group: measure for group, measure in whole.items() if measure in MOPAC7} == {
        "burglary": "burglary",
        "robbery": "robbery",
        "criminal damage": "criminal-damage",
        "arson and criminal damage": "criminal-damage",
    }


def test_every_minor_of_the_mopac_7_is_in_the_table_and_no_other(root):
    by_minor = {"violence-with-injury", "theft-person"} | {
        "theft-of-motor-vehicle", "theft-from-motor-vehicle"
    }  # fmt: skip
    assert {pair: measure for pair, measure in table(root).items() if measure in by_minor} == {
        (major.lower(), minor.lower()): measure
        for scheme in SCHEMES
        for major, minor, measure in lines(scheme)
        if measure in by_minor
    }


@pytest.mark.parametrize("name", ["borough_categories.csv", "workbook_categories.csv"])
def test_every_category_counts_towards_a_measure_of_the_catalogue_or_none(root, name):
    with (root / "lib/scrutiny/sources" / name).open(encoding="utf-8") as file:
        named = {row["measure"] for row in csv.DictReader(file)} - {""}
    assert named <= set(catalogue())
    assert "tno" in named

"""Extracts of two dashboards of the Metropolitan Police Service, in Parquet or text.

Violence against women and girls: two tables in one file, told apart by the column ``sheet``, which
count the same offences by place and by class. The rows go down to the ward and to the month of the
offence; they are added up here by month of recording: to boroughs and Basic Command Units from the
one table, to classes for the whole Service from the other. Such a figure stands where the first of
its rows names what it is counted by.

Knife crime: a row a month, kind of count and area, for boroughs and again for the teams of wards.

In both files each figure is thus published twice over, and the two agree to the last offence in
every month: a file in which they do not has lost rows or digits.
"""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from scrutiny import places
from scrutiny.sources import categories, cuts
from scrutiny.sources.keyed import KeyedRows
from scrutiny.sources.raw import RawFile
from scrutiny.sources.reading import Note, Reading

VAWG = "vawg-dashboard"
KNIFE = "knife-crime-dashboard"
_VAWG = (
    "bcu location", "borough name", "ward name clean 2", "recorded date months",
    "date committed from date months", "count", "sheet", "crimsec group", "crimseccodeexpansion",
    "crimsec offences", "vawg offence",
)  # fmt: skip
_KNIFE = (
    "month year", "area type", "borough snt", "area name", "area code", "crime type",
    "crime subtype", "measure", "financial year", "fy fyindex", "count", "refresh date", "sheet",
)  # fmt: skip
_BY_PLACE, _BY_CLASS = "Offence count location", "Offence count classification"
_BOROUGH, _TEAM = "Borough", "Safer Neighbourhood Teams"
_MEASURES = ("Offences", "Positive Outcomes")
_NO_BOROUGH = ("Other", "Unknown")
_NO_WARD_CODE = ("", "-1", "N/K", "NON ATHENA FORCE")
_NOT_KNOWN = "Other / NK"
_NO_TEAM = (_NOT_KNOWN, "Non MET police force Non MET police force")
_AIRPORTS = "Aviation Security"
_OUTSIDE = {
    "": places.UNKNOWN,
    "N/K (Legacy Only)": places.UNKNOWN,
    "Non MET police force": places.UNKNOWN,
    f"{_AIRPORTS} (SO18) (Legacy Only)": places.AIRPORTS,
}
_WARD_CODE = re.compile(r"E05\d{6}", re.ASCII)
_TOTAL = re.compile(r"\b(?:sub[- ]?)?totals?\b", re.IGNORECASE)
_NAME = "correct the name"
_RESTORE = "restore the publisher's row"
_WHOLE = "ask the publisher for a whole file"


def read(raw: RawFile) -> Reading | None:
    """Return the extract's observations, or None where the file is neither of the two.

    Raises :class:`scrutiny.errors.FaultyFile` for one that is, and is broken.
    """
    if KeyedRows.fits(raw, _VAWG):
        return _vawg(KeyedRows(raw, VAWG, _VAWG))
    if KeyedRows.fits(raw, _KNIFE):
        return _knife(KeyedRows(raw, KNIFE, _KNIFE))
    return None


def _vawg(rows: KeyedRows) -> Reading:
    rows.check("sheet", (_BY_PLACE, _BY_CLASS).__contains__, "not a table of this file", _RESTORE)
    by_place = rows.values("sheet", lambda text: text == _BY_PLACE).astype(bool)
    for name, where in (("borough name", by_place), ("crimsec group", ~by_place)):
        rows.check(name, bool, "the cell is empty", _RESTORE, where)
        rows.check(name, lambda text: not text, "a cell of the other table", _RESTORE, ~where)
    rows.check("crimsec group", _is_no_total, "a total among the rows", "leave the row out")
    _check_boroughs(rows, by_place)
    counts = rows.counted("recorded date months")
    rows.each_once([name for name in _VAWG if name != "count"])
    rows.refuse()

    counts["area"] = rows.values("borough name", _vawg_area)
    counts["bcu"] = rows.values("bcu location", _bcu)
    counts["class"] = rows.values("crimsec group", str)
    located, classed = counts[by_place], counts[~by_place]
    _check_sums(rows, located, classed, ["period"], "by place and by class")
    _check_last_month(rows, located)
    # A unit's offences outside the boroughs stand under the unknown borough already.
    in_units = located[located["area"] != places.UNKNOWN]
    boroughs = _added_up(rows, located, "area", "borough name")
    kinds = {place.name: place.kind for place in places.all_places()}
    same = {"sheet": _BY_PLACE, "group": _BY_PLACE, "category": "count"}
    rows.add(boroughs.assign(area_kind=boroughs["area"].map(kinds), **same))
    units = _added_up(rows, in_units, "bcu", "bcu location").rename(columns={"bcu": "area"})
    rows.add(units.assign(area_kind="bcu", **same))
    classes = _added_up(rows, classed, "class", "crimsec group")
    same = {"sheet": _BY_CLASS, "group": _BY_CLASS, "area": places.MPS, "area_kind": "force"}
    rows.add(classes.rename(columns={"class": "category"}).assign(**same))
    _note_unknown(rows, located)
    _note_new_categories(rows, VAWG)
    # Not sparse: the classes are counted for the Service alone, and a borough that lacks them
    # has not none of them.
    return rows.close("two tables, by place and by class")


def _check_boroughs(rows: KeyedRows, by_place: np.ndarray) -> None:
    named = rows.values("borough name", bool).astype(bool)
    reason = "not a borough of this table"
    rows.check("borough name", _vawg_area, reason, _NAME, by_place & named)
    boroughs = rows.values("borough name", _vawg_area)
    units = {place.name: place.bcu for place in places.boroughs()} | {places.UNKNOWN: ""}
    wanted = np.array([units.get(name) for name in boroughs], dtype=object)
    wrong = by_place & (boroughs != None) & (wanted != rows.values("bcu location", _bcu))  # noqa: E711
    rows.check("bcu location", lambda _: False, "not the borough's command unit", _NAME, wrong)


def _vawg_area(text: str) -> str | None:
    if text in _NO_BOROUGH:
        return places.UNKNOWN
    place = places.find(text)
    return place.name if place and place.kind == "borough" else None


def _bcu(text: str) -> str:
    return "" if text in _NO_BOROUGH else text.removesuffix(" Area")


def _added_up(rows: KeyedRows, counts: pd.DataFrame, by: str, column: str) -> pd.DataFrame:
    """Return the counts added up by month, each with the first of its rows."""
    sums = counts.groupby([by, "period"], sort=False, as_index=False)
    return sums.agg(row=("row", "min"), value=("value", "sum")).assign(column=rows.place(column))


def _knife(rows: KeyedRows) -> Reading:
    # The publisher's other dashboards have this layout too, with other counts in it.
    rows.check("crime type", "Knife Crime".__eq__, "not knife crime", "keep the rows of it alone")
    rows.check("area type", (_BOROUGH, _TEAM).__contains__, "not a kind of area", _RESTORE)
    rows.check("measure", _MEASURES.__contains__, "not a measure of this layout", _RESTORE)
    rows.check("crime subtype", bool, "the cell is empty", _RESTORE)
    rows.check("crime subtype", _is_no_total, "a total among the rows", "leave the row out")
    counts = rows.counted("month year")
    about = ["area type", "borough snt", "area name", "area code"]
    rows.each_once(["month year", *about, "crime type", "crime subtype", "measure"])
    areas = rows.combined(about, _knife_area)
    rows.refuse()
    _note_codes(rows, areas)

    counts = counts.assign(
        group=rows.values("measure", str),
        category=rows.values("crime subtype", str),
        sheet=rows.values("sheet", str),
        column=rows.place("count"),
        **{name: areas[name].to_numpy() for name in ("area_kind", "area", "code", "within")},
    )
    teams = counts["area_kind"] == "ward"
    kinds = ["period", "group", "category"]
    _check_sums(rows, counts[~teams], counts[teams], kinds, "for boroughs and for teams")
    _check_last_month(rows, counts[~teams])
    _check_kinds(rows, counts)
    rows.add(counts)
    all_offences = (counts["group"] == _MEASURES[0]) & (counts["category"] == "Knife Crime")
    _note_unknown(rows, counts[~teams & all_offences])
    _note_unplaced(rows, counts[~teams], counts[teams].assign(area=counts["within"]), kinds)
    _note_new_categories(rows, KNIFE)
    # Sparse: no row has 0, and the sums agree without the rows that are missing.
    return rows.close("a row a month, area and kind of count", sparse=True)


def _knife_area(kind: str, name: str, team: str, code: str) -> dict | tuple[str, str]:
    """Return what an area is; the column that is wrong, and why, where it is none."""
    if kind == _TEAM:
        return _team(name, team, code)
    if name == _NOT_KNOWN:
        if team not in _OUTSIDE:
            return "area name", "not an area that this layout has outside the boroughs"
        if code:
            return "area code", "an unknown borough with a code"
        return {"area_kind": "other", "area": _OUTSIDE[team], "code": "", "within": ""}
    place = places.find(name)
    if place is None or place.kind != "borough":
        return "borough snt", "not a borough of the Metropolitan Police"
    if places.find(team) != place:
        return "area name", "not the name of the borough"
    if code != place.code:
        return "area code", "not the code of the borough"
    return {"area_kind": "borough", "area": place.name, "code": "", "within": ""}


def _team(name: str, team: str, code: str) -> dict | tuple[str, str]:
    if not _WARD_CODE.fullmatch(code) and code not in _NO_WARD_CODE:
        return "area code", "not the code of a ward"
    text = name.replace("&", "and").casefold()
    borough = next((p for p in places.boroughs() if text.startswith(f"{p.name} ".casefold())), None)
    if borough:
        within, ward = borough.name, " ".join(name.split()[len(borough.name.split()) :])
    elif name == _AIRPORTS and team:
        within, ward = places.AIRPORTS, team
    elif name in _NO_TEAM and code in _NO_WARD_CODE:
        within, ward = places.UNKNOWN, team or name
    else:
        return "borough snt", "no borough before the name of the ward"
    code = "" if code in _NO_WARD_CODE else code
    return {"area_kind": "ward", "area": f"{ward}, {within}", "code": code, "within": within}


def _note_codes(rows: KeyedRows, areas: pd.DataFrame) -> None:
    """Note each ward code that stands under two names; the airports have a ward of one."""
    wards = areas[(areas["code"] != "") & (areas["within"] != places.AIRPORTS)]
    wards = wards.drop_duplicates(["code", "area"])
    for row in wards[wards.duplicated("code")].itertuples():
        first = wards[wards["code"] == row.code].iloc[0]
        reason = f"the code is that of {first['area']} in row {first['row']}"
        rows.ledger.notes.append(Note(reason, row.row, rows.heading("area code"), row.code))


def _check_sums(
    rows: KeyedRows, one: pd.DataFrame, other: pd.DataFrame, by: list[str], what: str
) -> None:
    """Write down where the two counts of the same offences differ."""
    sums = pd.DataFrame(
        {"one": one.groupby(by)["value"].sum(), "other": other.groupby(by)["value"].sum()}
    )
    first = pd.concat([one, other]).groupby(by)["row"].min()
    for key, a, b in sums.fillna(0).astype("int64").itertuples(name=None):
        if a != b:
            named = key if isinstance(key, str) else ", ".join(key)
            rows.ledger.fault(
                f"the file counts the same offences twice, {what}, and the two differ: "
                "rows are missing or figures changed",
                int(first[key]),
                rows.heading("count"),
                f"{named}: {a:,} and {b:,}",
                _WHOLE,
            )
    rows.refuse()


def _check_last_month(rows: KeyedRows, counts: pd.DataFrame) -> None:
    """Write down months that are missing, and a last month that stops in its midst."""
    by_month = counts.groupby("period")["value"].sum()
    wanted = pd.period_range(by_month.index[0], by_month.index[-1], freq="M").astype(str)
    missing = [month for month in wanted if month not in by_month.index]
    heading = rows.heading("count")
    if missing:
        reason = "months are missing between the first and the last"
        rows.ledger.fault(reason, 1, heading, ", ".join(missing[:6]), _WHOLE)
    last, usual = by_month.iloc[-1], by_month.iloc[:-1].tail(12).median()
    if usual >= cuts.LEAST_FOR_A_MONTH and last < cuts.STOPPED * usual:
        row = counts.loc[counts["period"] == by_month.index[-1], "row"].min()
        value = f"{last:,} in {by_month.index[-1]}, {usual:,.0f} in a usual month"
        rows.ledger.fault("the last month is not whole", int(row), heading, value, _WHOLE)


def _check_kinds(rows: KeyedRows, counts: pd.DataFrame) -> None:
    """Write down each kind of count that the last month lacks and no month before did."""
    sums = counts.groupby(["group", "category", "period"])["value"].sum().unstack("period")
    *before, last = sums.columns
    for kind in sums.index[(sums[before].min(axis=1) >= cuts.NEVER_NONE) & sums[last].isna()]:
        kinds = (counts["group"] == kind[0]) & (counts["category"] == kind[1])
        reason = f"the file is cut: {last} has no row of this kind, every month before has"
        row, heading = int(counts.loc[kinds, "row"].max()), rows.heading("crime subtype")
        rows.ledger.fault(reason, row, heading, ", ".join(kind), _WHOLE)


def _note_unknown(rows: KeyedRows, counts: pd.DataFrame) -> None:
    unknown = counts[counts["area"] == places.UNKNOWN]
    if len(unknown):
        value = f"{unknown['value'].sum():,} of {counts['value'].sum():,}"
        reason = "offences whose borough is unknown or outside London"
        rows.ledger.notes.append(Note(reason, row=int(unknown["row"].min()), value=value))


def _note_unplaced(
    rows: KeyedRows, boroughs: pd.DataFrame, teams: pd.DataFrame, by: list[str]
) -> None:
    keys = ["area", *by]
    named = [frame[frame["area"] != places.UNKNOWN] for frame in (boroughs, teams)]
    both, theirs = (frame.groupby(keys)["value"].sum() for frame in named)
    gaps = both.sub(theirs, fill_value=0)
    if (gaps != 0).any():
        value = f"{(gaps != 0).sum():,} of {len(gaps):,} sums, by at most {abs(gaps).max():,.0f}"
        reason = "the teams of a borough do not add up to it: some offences have no team"
        rows.ledger.notes.append(Note(reason, column=rows.heading("borough snt"), value=value))


def _note_new_categories(rows: KeyedRows, source: str) -> None:
    for cell in pd.concat(rows.parts).drop_duplicates(["group", "category"]).itertuples():
        if not categories.is_named(source, cell.group, cell.category):
            reason, value = (
                "a category that no earlier file holds",
                f"{cell.group}, {cell.category}",
            )
            rows.ledger.notes.append(Note(reason, row=cell.row, value=value))


def _is_no_total(text: str) -> bool:
    return not _TOTAL.search(text)

"""The key to the symbols of a table: what is explained, and as what."""

import pytest
from scrutiny.tables.symbols import symbols_in


def explained(*cells):
    return [symbol for symbol, _ in symbols_in("".join(f"<td>{cell}</td>" for cell in cells))]


@pytest.mark.parametrize(
    ("cell", "symbols"),
    [
        ("✓ better, more than chance", ["✓ better, more than chance"]),
        ("○ worse, within chance", ["○ worse, within chance"]),
        ("✓ agrees if cut, not rounded", ["✓ agrees if cut, not rounded"]),
        ("► within its usual variation", ["► within its usual variation"]),
        ('<span aria-hidden="true">▼</span> down, better; usual', ["▼ down", "better"]),
        ("▲ up, within chance", ["▲ up", "within chance"]),
        (
            "▼ in a run of 7 or more below the mean, better",
            ["▼ in a run of 7 or more below the mean", "better"],
        ),
        ("above the upper limit (worse)", ["worse"]),
        ('<data value="a">n/a</data> (within chance)', ["within chance", "n/a"]),
        ('<data value="a">[low]</data> <data value="b">3</data> the year before', ["[low]"]),
        ('<span class="rag">○ OPEN</span>', ["○ OPEN"]),
        ("<strong>✗ OVERDUE</strong><br>A minute", ["✗ OVERDUE"]),
        ("– not comparable", ["–"]),
        ("not comparable", ["not comparable"]),
    ],
)
def test_a_symbol_is_explained_with_the_longest_words_beside_it(cell, symbols):
    assert explained(cell) == symbols


@pytest.mark.parametrize(
    "cell",
    [
        "Know better how priorities are chosen",
        "Plan 2013 – 2016",
        "the meeting was not held in May",
        "its report was withheld by the panel",
    ],
)
def test_the_same_letters_in_a_text_are_no_symbol(cell):
    assert explained(cell) == []


def test_what_a_symbol_means_depends_on_its_words():
    (ours,), (printed,) = (
        symbols_in("<td>✗ worse, more than chance</td>"),
        symbols_in("<td>✗ does not agree</td>"),
    )
    assert ours[1] == "on the bad side of London's change, by more than chance"
    assert printed[1] == "the computed figure is not the printed one"

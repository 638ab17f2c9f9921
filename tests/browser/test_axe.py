"""axe-core finds nothing to say about any page: WCAG 2.0 to 2.2, A and AA, and best practice."""

import pytest
from opening import DESKTOP, PHONE

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """([rules, contrast]) => axe.run(document, {
        runOnly: rules, rules: {"color-contrast": {enabled: contrast}},
        resultTypes: ["violations", "incomplete"]})
    .then(found => ["violations", "incomplete"].map(kind => found[kind].flatMap(rule =>
        rule.nodes.map(node => [rule.id, node.target.join(" "), node.failureSummary ?? ""]))))"""
# Where axe cannot tell a contrast (drawings, signs, what is scrolled away), test_contrast.py can.
LEFT_TO_US = {"color-contrast"}


def violations(opened, axe, contrast=True):
    """What axe finds wrong, and what it could not tell that no check of ours can."""
    opened.page.evaluate(axe)
    wrong, unsure = opened.page.evaluate(RUN, [RULES, contrast])
    return [*wrong, *(found for found in unsure if found[0] not in LEFT_TO_US)]


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_axe_finds_no_violation(axe, page, width):
    # Half of its time goes into contrast: colours are the same at every width, and at each of them
    # test_contrast.py computes every text's and every mark's.
    assert violations(page.at(width), axe, contrast=width == DESKTOP) == []


@pytest.mark.parametrize(
    ("body", "rule"),
    [
        ("<main><h1>A</h1><p style='color:#999'>Pale</p></main>", "color-contrast"),
        ("<main><h1>A</h1><input></main>", "label"),
        ("<main><h1>A</h1><h3>B</h3></main>", "heading-order"),
        ("<main><h1>A</h1><svg role='img'><path d='M0,0h9'/></svg></main>", "svg-img-alt"),
        ("<h1>A</h1>", "landmark-one-main"),
    ],
)
def test_axe_sees_what_is_wrong(axe, shown, body, rule):
    assert rule in {found[0] for found in violations(shown(body), axe)}

"""A small page with one of everything, and its results, for the tests of the other formats."""

import pandas as pd

HEADINGS = ("Crime", "Before (count)", "Now (count)", "Change (%)", "Reading")
HOSTILE = ("=1+1", "+1", "-1", "@SUM(A1)", "=HYPERLINK('http://x.example')", "-2+3|cmd")

PAGE = """\
<!DOCTYPE html>
<html lang="en-GB">
<head><meta charset="utf-8"><title>A small report - May 2013</title></head>
<body>
<a class="skip" href="#main">Skip to main content</a>
<header class="masthead">
<p class="series">A committee</p>
<h1>A small report</h1>
<dl class="facts"><div><dt>Status</dt><dd>Draft</dd></div>
<div><dt>Data to</dt><dd>May 2013</dd></div></dl>
<p class="standing">Not an official publication.</p>
</header>
<main id="main">
<h2 id="messages">What are the key messages?</h2>
<ul class="key-messages"><li><strong>Burglary</strong> fell:
<data value="burglary.mps.count.month">767</data>.</li></ul>
<nav aria-labelledby="contents"><h2 id="contents">Contents</h2>
<ol><li><a href="#messages">What are the key messages?</a></li>
<li><a href="#change">What changed?</a></li></ol></nav>
<h2 id="change">What changed?</h2>
<h3>In the year</h3>
<p>See <a href="https://www.example.org/">the source</a> and <em>note</em> &amp; text.</p>
<ol><li>First</li><li>Second<ul><li>Inner</li></ul></li></ol>
<section class="table">
<table id="table-change">
<caption>Recorded crime</caption>
<thead><tr><th scope="col">Crime</th><th scope="col">Before <span class="unit">(count)</span></th>
<th scope="col">Now <span class="unit">(count)</span></th>
<th scope="col">Change <span class="unit">(%)</span></th>
<th scope="col">Reading</th></tr></thead>
<tbody>
<tr><th scope="row">Burglary</th><td><data value="burglary.mps.count.month-before">1,756</data></td>
<td><data value="burglary.mps.count.month">767</data></td>
<td><data value="burglary.mps.change_percent.month">-56.3%</data></td>
<td><span aria-hidden="true">▼</span> down, better</td></tr>
<tr><th scope="row">Robbery</th><td>n/a</td><td></td><td>n/a</td>
<td><span class="rag amber"><span aria-hidden="true">◆</span> AMBER</span></td></tr>
</tbody>
</table>
</section>
<div class="notes"><p>Counted by month.</p><p><a href="#symbols">What the symbols mean</a></p></div>
<figure id="figure-1">
<figcaption>Burglary by month</figcaption>
<p class="description">Line chart. Down from 1,756 to 767.</p>
<div class="chart"><svg xmlns="http://www.w3.org/2000/svg" role="img" width="300"
height="100" viewBox="0 0 300 100">\
<title>Burglary by month</title><desc>Line chart. Down from 1,756 to 767.</desc>\
<path d="M0 10L300 90" stroke="#12436d" fill="none"/></svg></div>
<p class="source">Source: made up.</p>
</figure>
<h2 id="who-is-the-contact">Who is the contact?</h2>
<p>The secretary.</p>
<h2 id="symbols">What do the symbols mean?</h2>
<dl class="symbols"><div><dt>▼ down</dt><dd>lower than before</dd></div></dl>
</main>
<footer><p>Open Government Licence v3.0.</p></footer>
</body>
</html>
"""

RESULTS = pd.DataFrame(
    [
        ["burglary.mps.count.month-before", 1756.0, "1,756", "", None],
        ["burglary.mps.count.month", 767.0, "767", "", None],
        ["burglary.mps.change_percent.month", -56.321184510250568, "-56.3%", "=note", 1756.0],
    ],
    columns=["result_id", "value", "printed", "note", "denominator"],
)


def page_of(headings, rows):
    """The small page with another table: headings and rows of plain text."""
    head = "".join(f'<th scope="col">{heading}</th>' for heading in headings)
    body = "".join(
        f'<tr><th scope="row">{first}</th>' + "".join(f"<td>{c}</td>" for c in rest) + "</tr>"
        for first, *rest in rows
    )
    start, end = PAGE.index("<thead>"), PAGE.index("</tbody>")
    return f"{PAGE[:start]}<thead><tr>{head}</tr></thead><tbody>{body}{PAGE[end:]}"

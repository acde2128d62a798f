"""HTML to visible lines with evidence: what is shown, in which order, and what the tags tell of it."""

import time
from pathlib import Path

import pytest

from flows.load.html import read_html
from flows.load.html_evidence import (
    AFTER_BREAK,
    ALL_BOLD,
    ARTICLE_BODY,
    HIDDEN,
    IN_ARTICLE,
    IN_COMMENTS,
    IN_FOOTER,
    IN_LIST,
    IN_NAV,
    IN_PROMO,
    IN_RELATED,
    IN_TABLE,
    LINKED_BODY,
    MAIN_CONTAINER,
)
from flows.reference.html_hints import load_html_hints

HINTS = load_html_hints(Path(__file__).parents[2] / "flows" / "reference")
SENTENCE = "The delegations met for a third day in the old customs house and agreed to publish the minutes of every session. "


def lines_of(html: str) -> dict[str, tuple[str, int, float, str]]:
    page = read_html(html, hints=HINTS)
    return {line: evidence[:4] for line, evidence in zip((x for x in page.text.split("\n") if x), page.lines, strict=True)}


@pytest.mark.parametrize(
    ("html", "text"),
    [
        pytest.param("", "", id="empty"),
        pytest.param("Rain fell & stopped.", "Rain fell & stopped.", id="plain text"),
        pytest.param("<h1>Talks</h1><p>They <b>met</b>.<br>It rained.", "Talks\n\nThey met.\nIt rained.", id="inline, break, unclosed"),
        pytest.param("<p>One<br><br>Two</p>", "One\n\nTwo", id="two breaks are a blank line"),
        pytest.param("<p>\n  a\t b&nbsp;c \r\n d</p>", "a b c d", id="white space collapsed"),
        pytest.param("<p>caf&eacute; &lt;b&gt; &#8211; &amp;amp;</p>", "café <b> – &amp;", id="entities"),
        pytest.param("<ul><li>One<li>Two</ul><p>Three", "One\nTwo\n\nThree", id="list items follow each other"),
        pytest.param("<table><tr><th>Town<th>Rain<tr><td>Alm<td>3 mm</table>", "Town | Rain\nAlm | 3 mm", id="a table row is a line"),
        pytest.param(
            "<table><tr><td>" + SENTENCE + "<br><br>So it goes on.</td><td><b>SEE ALSO</b></td></tr></table>",
            SENTENCE.strip() + "\n\nSo it goes on.\n\nSEE ALSO",
            id="a column that ends in a short line",
        ),
        pytest.param(
            "<table><tr><td>3 May</td><td>Rain fell on Alm.</td></tr></table>", "3 May | Rain fell on Alm.", id="a sentence in a table"
        ),
        pytest.param("<table><tr><td><p>News</p><td>" + SENTENCE * 2, "News\n\n" + (SENTENCE * 2).strip(), id="a table as layout"),
        pytest.param("<pre>one\ntwo</pre>", "one\ntwo", id="preformatted"),
        pytest.param(
            "<p>T<span>he</span> H<sub>2</sub>O <span>By Ann Poe</span><span>3 May</span>", "The H2O By Ann Poe 3 May", id="glued spans"
        ),
        pytest.param("<p>Kept<script>x()</script><style>y</style><!-- z --><template>t</template></p>", "Kept", id="scripts and comments"),
        pytest.param("<p>Kept <svg><title>icon</title></svg><img alt='a dog'></p>", "Kept", id="drawings and alternative texts"),
        pytest.param(
            "<p>Kept</p><div style='color:red; display : none'>Gone</div><p hidden>Gone</p>", "Kept", id="hidden by style or attribute"
        ),
        pytest.param("<a href=x>Read<span class='sr-only'>opens in a new window</span></a>", "Read", id="for screen readers alone"),
        pytest.param("<p aria-hidden=true>Shown</p>", "Shown", id="aria-hidden is seen"),
        pytest.param("<p style='overflow:hidden'>Shown</p>", "Shown", id="overflow hidden is seen"),
        pytest.param("<body style='display:none'><p>All there is</p>", "All there is", id="nothing else is there"),
        pytest.param("<p>Pick</p><select><option>Alm<option selected>Bru</select>", "Pick\nBru", id="the chosen option"),
        pytest.param("<p>Seen</p><noscript><p>Switch it on</p></noscript>", "Seen", id="noscript"),
        pytest.param("<noscript>Switch it on</noscript><div id=app></div>", "Switch it on", id="noscript alone"),
        pytest.param("<p>a\0b</p>\0<p>c", "ab\n\nc", id="null characters"),
        pytest.param("<p>\ud800lone", "lone", id="lone surrogate"),
        pytest.param("<p>\u200b</p><p>x</p>\ufeff", "x", id="nothing but zero width"),
        pytest.param("<", "<", id="a lone bracket"),
        pytest.param("<p>a < b and c > d", "a < b and c > d", id="brackets in text"),
        pytest.param("<script>never closed", "", id="unclosed script"),
        pytest.param("<frameset><frame src=a></frameset>", "", id="frameset"),
        pytest.param("<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'><p>Hi<br/>there</p></html>", "Hi\nthere", id="xhtml"),
        pytest.param(
            "<html dir=rtl lang=ar><h1>محادثات السلام</h1><p>قال الوزير إن <b>المحادثات</b> مستمرة.</p>",
            "محادثات السلام\n\nقال الوزير إن المحادثات مستمرة.",
            id="right to left",
        ),
        pytest.param(
            "<h1>会談再開</h1><p>両国は<a href=x>協議</a>を続ける。</p>", "会談再開\n\n両国は協議を続ける。", id="no spaces between words"
        ),
        pytest.param("<p><ruby>漢<rp>(</rp><rt>かん</rt></ruby>字</p>", "漢字", id="ruby readings"),
        pytest.param("<a><div><p>Card</p></div></a><x-card><p>Own</p></x-card>", "Card\n\nOwn", id="blocks in links and unknown elements"),
        pytest.param("<x-app hidden><p>Gone</p></x-app><p>Kept", "Kept", id="hidden unknown element"),
    ],
)
def test_text(html: str, text: str) -> None:
    page = read_html(html, hints=HINTS)
    assert page.text == text
    assert len(page.lines) == len([line for line in text.split("\n") if line])


def test_evidence_of_lines() -> None:
    html = f"""
    <nav><ul><li><a href="/world">World</a></ul></nav>
    <article>
      <h1 class="story-headline">Talks resume</h1>
      <p class="byline">By <a href="/ann">Ann Poe</a></p>
      <div itemprop="articleBody">
        <p>{SENTENCE * 3}</p>
        <p><strong>What comes next</strong></p>
        <p>{SENTENCE * 2}<br>Rain fell.</p>
        <aside class="read-next related"><p><a href="/b">Another story altogether</a></p></aside>
        <table><tr><td>1</td><td>2</td></tr></table>
      </div>
    </article>
    <div class="newsletter-signup"><p>Get our letter.</p></div>
    <section id="comments"><p>I was there and it was cold.</p></section>
    <footer>All rights reserved</footer>"""
    seen = lines_of(html)

    def has(line: str, *flags: int) -> bool:
        return all(seen[line][1] & flag for flag in flags)

    assert has("World", IN_NAV, IN_LIST) and seen["World"][2] == 1.0 and seen["World"][0] == "li"
    assert seen["Talks resume"][0] == "h1" and has("Talks resume", IN_ARTICLE) and seen["Talks resume"][3] == "headline"
    assert seen["By Ann Poe"][3] == "byline" and 0.5 < seen["By Ann Poe"][2] < 0.8
    body = (SENTENCE * 3).strip()
    assert has(body, ARTICLE_BODY, MAIN_CONTAINER, IN_ARTICLE) and seen[body][2] == 0.0 and seen[body][3] == "body"
    assert has("What comes next", ALL_BOLD, MAIN_CONTAINER) and not has(body, ALL_BOLD)
    assert has("Rain fell.", AFTER_BREAK)
    assert has("Another story altogether", IN_RELATED) and seen["Another story altogether"][3] == "related"
    assert has("1 | 2", IN_TABLE)
    assert has("Get our letter.", IN_PROMO) and seen["Get our letter."][3] == "newsletter"
    assert has("I was there and it was cold.", IN_COMMENTS)
    assert has("All rights reserved", IN_FOOTER) and not has("All rights reserved", MAIN_CONTAINER)


def test_links_keep_their_address() -> None:
    page = read_html("<p><a href='/a?x=1&amp;y=2'>One</a> and <a href='/b'>two</a></p><p>None</p>", hints=HINTS)
    assert [line.href for line in page.lines] == ["/a?x=1&y=2", ""]


def test_a_wrapper_around_most_of_the_prose_is_not_furniture() -> None:
    html = f"<form><div class='sidebar-wrapper newsletter-page'><p>{SENTENCE * 3}</p><p>{SENTENCE * 2}</p></div></form>"
    for _, flags, _, hint in lines_of(html).values():
        assert not flags & (IN_PROMO | IN_NAV) and flags & MAIN_CONTAINER and hint == ""


def test_hidden_article_that_holds_most_of_the_prose_is_told() -> None:
    page = read_html(f"<p>Subscribe to read on.</p><div style='display:none'><p>{SENTENCE * 4}</p></div>", hints=HINTS)
    assert page.text.startswith("Subscribe") and SENTENCE.strip() in page.text
    assert read_html(f"<p>{SENTENCE * 4}</p><div hidden><p>Accept cookies?</p></div>", hints=HINTS).text == (SENTENCE * 4).strip()
    assert not any(line.flags & HIDDEN for line in page.lines)


@pytest.mark.parametrize(
    "html",
    [
        pytest.param("<div>" * 50_000 + "deep", id="divs"),
        pytest.param("<div>" * 50_000 + "deep" + "</div>" * 50_000, id="closed divs"),
        pytest.param("<div class='byline' itemprop='author'>" * 50_000 + "deep", id="marked divs"),
        pytest.param("<ul><li>" * 50_000 + "deep", id="lists"),
        pytest.param("<span>" * 50_000 + "deep", id="spans"),
        pytest.param("<b><i>" * 30_000 + "deep", id="bold"),
        pytest.param("<table><tr><td>" * 20_000 + "deep", id="tables"),
        pytest.param("<blockquote><p>" * 50_000 + "deep", id="quotations"),
        pytest.param("<p class='" + "x y " * 1_250_000 + "'>deep", id="a class of 5 MB"),
        pytest.param("<p data-x='" + "x" * 5_000_000 + "'>deep", id="an attribute of 5 MB"),
        pytest.param("<script type='application/ld+json'>" + "[" * 100_000 + "</script>deep", id="nested json"),
    ],
)
def test_hostile_pages_are_read_in_time(html: str) -> None:
    began = time.process_time()
    assert read_html(html, hints=HINTS).text == "deep"
    assert time.process_time() - began < 3


def test_hints_of_class_names() -> None:
    assert HINTS.of("story__readNext col-4") == "related"
    assert HINTS.of("has-comments page-newsletter") == "", "a switch tells nothing"
    assert HINTS.of("post-123 tag-comments category-ads hentry") == "", "nor do the topics of a post"
    assert HINTS.of("tag-list") == "tags" and HINTS.of("ArticleBody-x1") == "body" and HINTS.of("adSlot") == "ad"
    assert HINTS.of("") == "" and HINTS.of("שלום") == ""


@pytest.mark.parametrize(
    ("told", "found"),
    [
        pytest.param("The quay was closed on Monday. Ferries ran again at noon.", [False, True, True, False], id="whole body"),
        pytest.param("<p>The quay was closed on Monday.<\\/p>", [False, True, False, False], id="with tags, cut short"),
        pytest.param("Another text \\u2013 of another page.", [False, False, False, False], id="another text"),
        pytest.param("", [False, False, False, False], id="empty"),
        pytest.param("broken \\x escape The quay was closed on Monday.", [False, True, False, False], id="broken escape"),
    ],
)
def test_lines_of_the_body_that_a_script_tells_are_marked(told: str, found: list[bool]) -> None:
    page = read_html(
        f'<script type="application/ld+json">{{"@type": "NewsArticle", "articleBody": "{told}"}}</script>'
        "<h1>Quay</h1><p>The <b>quay</b> was closed on Monday.</p><p>Ferries ran again at noon.</p><p>Sign up for our letters here</p>",
        hints=HINTS,
    )
    assert [bool(line.flags & LINKED_BODY) for line in page.lines] == found


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>He said <q>we are ready</q>, and left.", "He said “we are ready”, and left."),
        ("<p>She told us: <q>He said <q>no</q> twice</q>.", "She told us: “He said ‘no’ twice”."),
        ("<p>He said <q>“we are ready”</q> and <q>«oui»</q>.", "He said “we are ready” and «oui»."),
        ("<p>He said “<q>we are <b>ready</b></q>”.", "He said “we are ready”."),
        ("<p><q></q>Nothing <q> </q>", "Nothing"),
        ("<p><q><q>Both</q> at once</q>", "“‘Both’ at once”"),
    ],
)
def test_the_marks_of_a_short_quotation_are_in_the_text(html: str, text: str) -> None:
    assert read_html(html, hints=HINTS).text == text

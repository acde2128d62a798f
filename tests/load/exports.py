"""What other tools write of one invented article: by the tool itself where it was at hand, else after its published schema.

``made by`` is trafilatura 2.3.1 (command line), news-please 1.6 (``get_serializable_dict``), Fundus 0.5.7 (``Article.to_json``, as
``save_to_file`` puts it together), newspaper4k 0.9.6 (``Article.to_json``).
"""

TITLE = "Ministers sign fishing accord in Lisbon"
PARAGRAPHS = (
    "LISBON — The foreign ministers of Portugal and Spain signed a fishing accord in Lisbon on Tuesday, after ten years of talks between the two.",
    "“We have waited ten years for this day,” Portuguese Foreign Minister Jaime Gama said.",
    "Spain’s foreign ministry said the accord would be presented to parliament in June, and that fishermen would be told of it.",
)
SUBHEAD = "What it says"
LINES = (PARAGRAPHS[0], PARAGRAPHS[1], SUBHEAD, PARAGRAPHS[2])
TEXT = "\n".join(LINES)
URL = "https://news.example/world/accord"
PAGE = (
    '<!DOCTYPE html><html lang="en"><head><title>Ministers sign fishing accord in Lisbon | Example News</title>'
    '<meta name="author" content="Ann Writer"><meta property="article:published_time" content="1999-05-04T10:00:00+00:00">'
    f'<meta property="og:site_name" content="Example News"><link rel="canonical" href="{URL}"></head><body><article><h1>{TITLE}</h1>'
    f"<p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}</p><h2>{SUBHEAD}</h2><p>{PARAGRAPHS[2]}</p></article></body></html>"
)

TRAFILATURA_JSON = {
    "title": TITLE, "author": "Ann Writer", "hostname": "news.example", "date": "1999-05-04", "fingerprint": "60ecd8a6fb90fb4f", "id": None, "license": None,
    "comments": "", "raw_text": " ".join((TITLE, *LINES)), "text": "\n".join((TITLE, *LINES)), "language": None, "image": None, "pagetype": None, "filedate": "2026-11-22",
    "source": URL, "source-hostname": "Example News", "excerpt": None, "categories": "", "tags": "",
}  # fmt: skip
TRAFILATURA_CSV = f'{URL}\tnull\t60ecd8a6fb90fb4f\tnews.example\t{TITLE}\tnull\t1999-05-04\t"{TITLE}\n{TEXT}"\tnull\tnull\tnull\r\n'
TRAFILATURA_XML = (
    f'<doc sitename="Example News" title="{TITLE}" author="Ann Writer" date="1999-05-04" url="{URL}" hostname="news.example" fingerprint="60ecd8a6fb90fb4f">\n'
    f'  <main>\n    <head rend="h1">{TITLE}</head>\n    <p>{PARAGRAPHS[0]}</p>\n    <p>{PARAGRAPHS[1]}</p>\n    <head rend="h2">{SUBHEAD}</head>\n    <p>{PARAGRAPHS[2]}</p>\n'
    "  </main>\n  <comments/>\n</doc>"
)
TRAFILATURA_TEI = f"""<TEI xmlns="http://www.tei-c.org/ns/1.0">
  <teiHeader>
    <fileDesc>
      <titleStmt>
        <title type="main">{TITLE}</title>
        <author>Ann Writer</author>
      </titleStmt>
      <publicationStmt>
        <p/>
      </publicationStmt>
      <sourceDesc>
        <bibl>{TITLE}, Example News, 1999-05-04</bibl>
        <biblFull>
          <titleStmt>
            <title type="main">{TITLE}</title>
            <author>Ann Writer</author>
          </titleStmt>
          <publicationStmt>
            <publisher>Example News (news.example)</publisher>
            <ptr type="URL" target="{URL}"/>
            <date>1999-05-04</date>
          </publicationStmt>
        </biblFull>
      </sourceDesc>
    </fileDesc>
    <profileDesc>
      <creation>
        <date type="download">2026-11-22</date>
      </creation>
    </profileDesc>
  </teiHeader>
  <text>
    <body>
      <div type="entry">
        <ab rend="h1" type="header">{TITLE}</ab>
        <p>{PARAGRAPHS[0]}</p>
        <p>{PARAGRAPHS[1]}</p>
        <ab rend="h2" type="header">{SUBHEAD}</ab>
        <p>{PARAGRAPHS[2]}</p>
      </div>
      <div type="comments"/>
    </body>
  </text>
</TEI>"""
NEWS_PLEASE = {
    "authors": ["Ann Writer"], "date_download": "None", "date_modify": "None", "date_publish": "1999-05-04 10:00:00", "description": None,
    "filename": "https%3A%2F%2Fnews.example%2Fworld%2Faccord.json", "image_url": "https://news.example/accord.jpg", "language": "en", "localpath": None,
    "maintext": TEXT, "source_domain": "news.example", "text": None, "title": TITLE, "title_page": None, "title_rss": None, "url": URL,
}  # fmt: skip
_FUNDUS = {
    "body": {"summary": [], "sections": [{"headline": [], "paragraphs": list(PARAGRAPHS[:2])}, {"headline": [SUBHEAD], "paragraphs": [PARAGRAPHS[2]]}]},
    "authors": ["Ann Writer"], "topics": ["Fishing"], "title": TITLE, "images": [], "free_access": True, "publishing_date": "1999-05-04 10:00:00+00:00",
}  # fmt: skip
FUNDUS_FILE = {"Example News": [_FUNDUS], "Other News": [{**_FUNDUS, "title": "Another accord"}]}
FUNDUS_PLAIN = {
    "title": TITLE, "plaintext": "\n\n".join(LINES), "authors": ["Ann Writer"], "publishing_date": "1999-05-04 10:00:00+00:00", "topics": ["Fishing"], "free_access": True,
    "publisher": "Example News",
}  # fmt: skip
NEWSPAPER4K = {
    "url": URL, "read_more_link": "", "language": "en", "title": TITLE, "top_image": "", "meta_img": "", "images": [], "movies": [], "keywords": [], "meta_keywords": [""], "tags": [],
    "authors": ["Ann Writer"], "publish_date": "1999-05-04T10:00:00+00:00", "summary": "", "meta_description": "", "meta_lang": "en", "meta_favicon": "", "meta_site_name": "Example News",
    "canonical_link": URL, "text": "\n\n".join(LINES),
}  # fmt: skip
MEDIA_CLOUD = {
    "id": "d3f1a0", "indexed_date": "2024-01-03 04:05:06", "language": "en", "media_name": "news.example", "media_url": "news.example", "publish_date": "1999-05-04", "title": TITLE, "url": URL,
    "text": TEXT,
}  # fmt: skip
FINEWEB = {
    "text": f"{TITLE}\n{TEXT}", "id": "<urn:uuid:0c8a1f8e-0000-4000-8000-000000000001>", "dump": "CC-MAIN-2013-20", "url": URL, "date": "2013-05-18T05:48:59Z",
    "file_path": "s3://commoncrawl/crawl-data/CC-MAIN-2013-20/segments/1368696381249/warc/CC-MAIN-20130516092621-00000.warc.gz", "language": "en", "language_score": 0.96, "token_count": 120,
}  # fmt: skip
DATATROVE = {
    "text": FINEWEB["text"],
    "id": FINEWEB["id"],
    "metadata": {key: value for key, value in FINEWEB.items() if key not in ("text", "id")},
}
C4 = {"text": f"{TITLE}\n{TEXT}", "url": URL, "timestamp": "2019-04-25T12:57:54Z"}
CC_NEWS = {
    "title": TITLE,
    "text": TEXT,
    "domain": "news.example",
    "date": "1999-05-04 10:00:00",
    "description": "Talks ended.",
    "url": URL,
    "image_url": "https://news.example/accord.jpg",
}
NEWS_API = {
    "status": "ok", "totalResults": 1,
    "articles": [{"source": {"id": None, "name": "Example News"}, "author": "Ann Writer", "title": TITLE, "description": "Talks ended.", "url": URL, "urlToImage": None,
                  "publishedAt": "1999-05-04T10:00:00Z", "content": TEXT}],
}  # fmt: skip
ALL_THE_NEWS = {
    "date": "1999-05-04 10:00:00",
    "year": "1999",
    "month": "5.0",
    "day": "4",
    "author": "Ann Writer",
    "title": TITLE,
    "article": TEXT,
    "url": URL,
    "section": "World",
    "publication": "Example News",
}
ALL_THE_NEWS_1 = {
    "": "0",
    "id": "17283",
    "title": TITLE,
    "publication": "Example News",
    "author": "Ann Writer",
    "date": "1999-05-04",
    "year": "1999.0",
    "month": "5.0",
    "url": "",
    "content": TEXT,
}

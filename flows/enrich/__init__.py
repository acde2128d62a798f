"""Facts with spans: what an article says, as rows that can be checked. ``articles.enrich_articles`` is the way in."""

"""Bytes in, pages out: what an input is, a reader for each format, and each page's text with what its HTML tells."""

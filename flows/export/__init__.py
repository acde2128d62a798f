"""Exports for other people's tools: Parquet, CSV, JSON Lines, JSON-LD, GDELT, an Atom feed, and a pack to share without text.

All read a published warehouse and write new files; none needs the network, and nothing is left half written: a file or
folder takes its name when it is whole.
"""

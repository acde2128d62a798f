"""Copies, clusters and happenings across articles. Nothing stands here yet; their tables are there and empty."""

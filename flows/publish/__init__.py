"""Marts, checks and comments from ``sql/``: what a warehouse gets before readers see it."""

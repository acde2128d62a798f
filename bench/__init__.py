"""Speed and memory beside the peers, in one run on the same pages: ``make bench``."""

"""Score the cleaning of any labelled pages, beside other extractors: see docs/evaluate.md for the format of the labels."""

"""The model by which py3langid tells languages, kept unpacked: its own file takes half a second to decompress."""

from importlib.metadata import version

from py3langid import langid

from flows.reference.kept import kept


def ready_languages() -> None:
    """Give py3langid its model, once a process."""
    if langid.IDENTIFIER is None:
        path = langid.MODEL_DIR / langid.MODEL_FILE
        stamp = f"{version('py3langid')}-{version('numpy')}"
        weights, prior, classes, moves, rows, output = kept("languages", stamp, lambda: langid._load_model_file(path))
        langid.IDENTIFIER = langid.LanguageIdentifier(weights, prior, classes, moves, output, tk_row=rows)

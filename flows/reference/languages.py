"""The model by which py3langid tells languages, kept unpacked: its own file takes half a second to decompress."""

from importlib.metadata import version

from py3langid import langid

from flows.reference.kept import kept


def ready_languages() -> None:
    """Let py3langid take its model from where it is kept, when the first text is met that its function words do not decide."""
    langid._load_identifier = _load


def _load() -> langid.LanguageIdentifier:
    path = langid.MODEL_DIR / langid.MODEL_FILE
    stamp = f"{version('py3langid')}-{version('numpy')}"
    weights, prior, classes, moves, rows, output = kept("languages", stamp, lambda: langid._load_model_file(path))
    return langid.LanguageIdentifier(weights, prior, classes, moves, output, tk_row=rows)

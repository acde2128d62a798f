"""Where the dateline that opens a report ends, so that its place and day are not taken for what the sentence tells."""

from flows.enrich.scene import DASHES
from flows.enrich.story import Story

LONGEST = 22  # tokens of a dateline


def dateline_end(story: Story, sentence: int) -> int:
    """The token after the dateline of the sentence with this index; its first token where it has none.

    "MOSCOW, June 9 (Reuters) - Ford left." ends its dateline after the dash. A dateline opens a block of the body, its words
    are capitalised outside brackets, and it holds a day, an agency in brackets or a place in capitals.
    """
    one = story.sentences[sentence]
    first, words = one.first_token, story.words
    if one.role != "body" or (sentence and story.sentences[sentence - 1].block_no == one.block_no):
        return first
    shouted = words[first].isupper() and len(words[first]) > 2
    inside = marked = False
    for i in range(first, min(first + LONGEST, one.end_token - 1)):
        word = words[i]
        if word in DASHES or word in "-–—--":
            apart = story.ends[i - 1] < story.starts[i] or story.starts[i + 1] > story.ends[i] or word == "—"
            if apart and i > first:
                return i + 1 if shouted or marked else first
        elif word == "(":
            inside = marked = True
        elif word == ")":
            inside = False
        elif word[0].isdigit():
            marked = True
        elif word[0].isalpha() and word[0].islower() and not inside:
            return first
    return first

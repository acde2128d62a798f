"""Text that stands a little apart: speech in short paragraphs, live tickers, pages in scripts without full stops."""

import pytest

PROSE = [
    "Ferries will sail to the northern islands again from April, two years after the last boat was withdrawn for repairs.",
    "The council has agreed to share the cost with the three villages that depend on the crossing, the harbour authority said.",
    "People on the islands had to wait for weeks for letters and medicine during the storms, and the school was closed.",
    "Tickets will cost as much as before, the authority said, and the first boat will carry only the post and the doctor.",
]
ENTRIES = [
    "The first boat has left the harbour with the doctor and nine sacks of letters on board.",
    "Snow has begun to fall on the sound and the captain is waiting for the wind to turn.",
    "A small crowd has gathered on the quay, some of them with flags in their hands.",
]


def kept(blocks) -> list[str]:  # type: ignore[no-untyped-def]
    return [text for text, is_kept in zip(blocks["text"], blocks["kept"], strict=True) if is_kept]


@pytest.mark.parametrize(
    "clock", ["{}:42", "{}.42 Uhr", "{}h42", "{}:42 pm", "{}時42分"], ids=["plain", "German", "French", "English", "Japanese"]
)
def test_entries_of_a_ticker_are_text_and_their_times_are_not(clean, clock: str) -> None:  # type: ignore[no-untyped-def]
    lines = ["Ferry service returns after two winters", PROSE[0]]
    for hour, entry in zip((11, 10, 9), ENTRIES, strict=True):
        lines += [clock.format(hour), entry]
    tables = clean("\n\n".join(lines))
    assert kept(tables["blocks"]) == [PROSE[0], *ENTRIES]
    assert len(tables["articles"]) == 1


def test_times_before_headlines_are_no_ticker(clean) -> None:  # type: ignore[no-untyped-def]
    teasers = [line for hour, title in ((11, "Lighthouse keeper retires"), (10, "School roof repaired")) for line in (f"{hour}:05", title)]
    assert kept(clean("\n\n".join(["Ferry service returns", *PROSE, *teasers]))["blocks"]) == PROSE


@pytest.mark.parametrize("speech", ["“Good,” said Orla Finch.", "„Gut“, sagte Orla Fink.", "« Tant mieux », a dit Orla Pinson."])
def test_short_speech_between_paragraphs_is_text(clean, speech: str) -> None:  # type: ignore[no-untyped-def]
    lines = [PROSE[0], speech, PROSE[1], PROSE[2], "“Yes,” she said.", PROSE[3]]
    assert kept(clean("\n\n".join(["Ferry service returns", *lines]))["blocks"]) == lines


def test_a_page_in_thai(clean) -> None:  # type: ignore[no-untyped-def]
    body = [
        "เรือข้ามฟากจะแล่นไปยังหมู่เกาะทางเหนืออีกครั้งตั้งแต่เดือนเมษายน สองปีหลังจากที่เรือลำสุดท้ายถูกถอนออกไปเพื่อซ่อมแซม การท่าเรือกล่าว",
        "สภาตกลงแบ่งค่าใช้จ่ายกับหมู่บ้านสามแห่งที่ต้องพึ่งพาเส้นทางนี้ และได้จ้างลูกเรือสิบเอ็ดคนจากบริษัทเดิม ซึ่งส่วนใหญ่ทำงานมานานแล้ว",
    ]
    tables = clean(
        "\n".join(["หน้าแรก", "การเมือง", "กีฬา", "เรือข้ามฟากกลับมาเดินเรืออีกครั้ง", "14 มีนาคม 2566", *body, "ข่าวล่าสุด", "หลังคาโรงเรียนจะซ่อมเสร็จ"])
    )
    assert kept(tables["blocks"]) == body
    assert tables["articles"]["title"].to_list() == ["เรือข้ามฟากกลับมาเดินเรืออีกครั้ง"]

-- One row per quote without its text; words set off in irony ('scare') are left out. article_id is the article's number.
select
    numbers.number as article_id,
    quotes.quote_no::smallint as quote_no,
    quotes.speaker_id,
    quotes.speaker_text,
    quotes.speaker_office,
    quotes.cue_class
from main.quotes as quotes
join numbers on numbers.article_id = quotes.article_id
where quotes.kind <> 'scare'

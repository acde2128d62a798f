-- Which words were quoted by more than one article?
-- about: said
-- :least_articles = 2  in how many articles the words stand at least
-- :person = null  part of the speaker's name; null for anybody
-- Compared without case and without punctuation at either end; quotes of fewer than four words are left out.
select
    any_value(speaker order by article_id) as speaker,
    lower(trim(text, ' .,;:!?')) as words,
    count(distinct article_id) as article_count,
    list(distinct outlet order by outlet) filter (outlet is not null) as outlets,
    min(published_on) as first_published_on
from marts.utterances
where ($person is null or strip_accents(speaker) ilike '%' || strip_accents($person) || '%')
    and len(string_split(text, ' ')) >= 4
group by words
having count(distinct article_id) >= $least_articles::bigint
order by article_count desc, first_published_on, words

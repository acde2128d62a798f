-- Who is quoted most, and in how many outlets?
-- about: said
-- :country = null  ISO 3166-1 alpha-3 code of the speaker's country; null for all
-- :top = 20  how many speakers
select
    name,
    country,
    quote_count,
    statement_count,
    article_count,
    outlet_count,
    usual_cue_class
from marts.speakers
where ($country is null or country = upper($country))
order by quote_count desc, statement_count desc, name
limit $top::bigint

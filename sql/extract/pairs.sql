-- One row per event and two countries that it joins; first_country is the first in the alphabet. Made from the extract itself.
with

-- most events join two countries and no more
sides as (
    select
        article_id,
        event_no,
        min(country) as first_country,
        max(country) as last_country,
        count(distinct country) > 2 as is_wide
    from extract.event_parties
    where country is not null
    group by article_id, event_no
    having min(country) < max(country)
),

wide_sides as (
    select distinct event_parties.article_id, event_parties.event_no, event_parties.country
    from extract.event_parties as event_parties
    semi join sides on sides.article_id = event_parties.article_id and sides.event_no = event_parties.event_no and sides.is_wide
    where event_parties.country is not null
)

select article_id, event_no, first_country, last_country as second_country
from sides
where not is_wide
union all
select one.article_id, one.event_no, one.country, other.country
from wide_sides as one
join wide_sides as other on other.article_id = one.article_id and other.event_no = one.event_no and other.country > one.country

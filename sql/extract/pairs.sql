-- One row per event and two countries that it joins; first_country is the first in the alphabet. Made from the extract itself.
-- An event joins those who act with those who receive, and each two of those who take part where nobody receives.
with

-- most events name one country and no more
sides as (
    select article_id, event_no
    from extract.event_parties
    group by article_id, event_no
    having min(country) < max(country)
),

parties as (
    select
        event_parties.article_id,
        event_parties.event_no,
        event_parties.country,
        event_parties.role,
        bool_or(event_parties.role = 'recipient') over (partition by event_parties.article_id, event_parties.event_no) as is_received
    from extract.event_parties as event_parties
    semi join sides on sides.article_id = event_parties.article_id and sides.event_no = event_parties.event_no
)

select distinct
    one.article_id,
    one.event_no,
    least(one.country, other.country) as first_country,
    greatest(one.country, other.country) as second_country
from parties as one
join parties as other on other.article_id = one.article_id and other.event_no = one.event_no and other.country != one.country
join extract.events as events on events.article_id = one.article_id and events.event_no = one.event_no
where one.role != 'recipient'
    and (other.role = 'recipient') = one.is_received
    -- two who condemn are no foes of each other
    and (one.is_received or events.quad like '%cooperation' or (one.role = 'participant' and other.role = 'participant'))

-- How do two tellings of the same event differ: whom does only one of them name, what does only one quote, which numbers?
-- about: timeline
-- :person = null  part of a party's name; null for anybody
-- Two articles tell the same event here when they have an event of the same kind, day and parties. only_here is what the first
-- article names, quotes or counts and the second does not; each pair stands twice, once from each side.
with

told as (
    select distinct article_id, starts_on, kind, parties, article_title, outlet
    from marts.timeline
    where status = 'happened'
        and len(parties) > 1
        and ($person is null or strip_accents(array_to_string(parties, '; ')) ilike '%' || strip_accents($person) || '%')
),

pairs as (
    select distinct
        one.article_id as here,
        other.article_id as there,
        one.article_title as telling,
        one.outlet,
        other.article_title as other_telling
    from told as one
    join told as other
        on other.starts_on = one.starts_on
        and other.kind = one.kind
        and other.parties = one.parties
        and other.article_id != one.article_id
),

contents as (
    select distinct mentions.article_id, 'names' as what, mentions.entity_id as item, entities.name as said
    from main.mentions as mentions
    join main.entities as entities on entities.entity_id = mentions.entity_id
    where entities.kind in ('person', 'organization')
    union
    select article_id, 'quotes', lower(trim(text, ' ,.…!?')), text from main.quotes where kind != 'scare'
    union
    select article_id, 'counts', concat_ws(' ', value, unit, what), text from main.amounts
)

select
    pairs.telling,
    pairs.outlet,
    pairs.other_telling,
    contents.what,
    list(distinct contents.said order by contents.said) as only_here
from pairs
join contents on contents.article_id = pairs.here
left join contents as others
    on others.article_id = pairs.there
    and others.what = contents.what
    and (others.item = contents.item or contents.what = 'quotes' and (contains(others.item, contents.item) or contains(contents.item, others.item)))
where others.article_id is null
group by all
order by pairs.telling, pairs.other_telling, pairs.outlet, contents.what

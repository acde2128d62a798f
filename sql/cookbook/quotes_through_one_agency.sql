-- Which quotes reached us through one agency only?
-- about: said
-- :agency = null  part of the agency's name; null for any
-- The same words may stand in several articles: each of them names the same agency, or is the agency's own, which shows
-- when its outlet has the agency's name (continentalwire.example, Continental Wire).
with

words as (
    select
        lower(trim(utterances.text, ' .,;!?')) as words,
        utterances.speaker,
        utterances.text,
        utterances.outlet,
        utterances.published_on,
        if(len(utterances.via) = 0, [coalesce(utterances.outlet, 'unknown')], utterances.via) as sources,
        utterances.via
    from marts.utterances as utterances
),

sources as (
    select
        words,
        any_value(speaker order by published_on) as speaker,
        any_value(text order by published_on) as text,
        list_distinct(flatten(list(via))) as named,
        list_distinct(
            list_transform(
                flatten(list(sources)),
                lambda source: regexp_replace(lower(strip_accents(split_part(source, '.', 1))), '[^\p{L}\p{N}]', '', 'g')
            )
        ) as source_letters,
        list(distinct outlet order by outlet) filter (outlet is not null) as outlets,
        min(published_on) as first_published_on
    from words
    group by words
)

select
    named[1] as agency,
    speaker,
    text,
    outlets,
    first_published_on
from sources
where len(source_letters) = 1
    and len(named) = 1
    and ($agency is null or strip_accents(named[1]) ilike '%' || strip_accents($agency) || '%')
order by agency, first_published_on, text

-- How do these two countries get on, day by day?
-- about: countries
-- :one = null  ISO 3166-1 alpha-3 code; null for all
-- :other = null  ISO 3166-1 alpha-3 code; null for all
-- A month or a year that is all that is told of when has its first and last day here.
-- Intensity is Goldstein's scale: -10 is war, 10 is union. The order of the two does not matter.
select
    happened_on,
    happened_until,
    first_country,
    second_country,
    cooperation_count,
    conflict_count,
    round(mean_intensity, 1) as mean_intensity,
    article_count
from marts.country_pairs
where ($one is null or upper($one) in (first_country, second_country))
    and ($other is null or upper($other) in (first_country, second_country))
order by happened_on, happened_until, first_country, second_country

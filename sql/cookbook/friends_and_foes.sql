-- With whom does this country cooperate, and with whom is it in conflict?
-- about: countries
-- :country = null  ISO 3166-1 alpha-3 code; null for all pairs
-- :since = null  first day; null for no limit
-- :until = null  last day; null for no limit
select
    first_country,
    second_country,
    sum(event_count)::bigint as event_count,
    sum(cooperation_count)::bigint as cooperation_count,
    sum(conflict_count)::bigint as conflict_count,
    round(sum(mean_intensity * intensity_count) / sum(intensity_count), 1) as mean_intensity
from marts.country_pairs
where ($country is null or upper($country) in (first_country, second_country))
    and ($since is null or happened_until >= $since::date)
    and ($until is null or happened_on <= $until::date)
group by first_country, second_country
order by mean_intensity, first_country, second_country

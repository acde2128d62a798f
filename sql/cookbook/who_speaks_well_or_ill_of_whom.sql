-- Who speaks well or ill of whom?
-- about: said
-- :who = null  part of the name of who speaks or acts, or of whom it is about; null for anybody
-- :least = 1  least number of stances between the two
select
    holders.name as speaks_or_acts,
    targets.name as of_or_toward,
    round(avg(stances.polarity), 2) as mean_polarity,
    count(*) filter (stances.polarity > 0) as in_favour,
    count(*) filter (stances.polarity < 0) as against,
    count(distinct stances.article_id) as article_count
from main.stances as stances
join marts.current_articles as articles on articles.article_id = stances.article_id
join main.entities as holders on holders.entity_id = stances.holder_id
join main.entities as targets on targets.entity_id = stances.target_id
where
    $who is null
    or strip_accents(holders.name) ilike '%' || strip_accents($who) || '%'
    or strip_accents(targets.name) ilike '%' || strip_accents($who) || '%'
group by holders.name, targets.name
having count(*) >= $least
order by count(*) desc, mean_polarity, holders.name, targets.name

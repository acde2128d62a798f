-- How complete are the articles of each site: titles, authors, days?
-- about: quality
-- :site = null  part of the site's domain; null for all, pages without an address too
select
    site,
    sum(document_count)::bigint as document_count,
    sum(article_count)::bigint as article_count,
    round(sum(title_share * article_count) / sum(article_count), 2) as title_share,
    round(sum(byline_share * article_count) / sum(article_count), 2) as byline_share,
    round(sum(day_share * article_count) / sum(article_count), 2) as day_share
from marts.data_quality
where ($site is null or strip_accents(site) ilike '%' || strip_accents($site) || '%')
group by site
order by article_count desc, site

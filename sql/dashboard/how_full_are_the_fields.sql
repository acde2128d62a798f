-- One row per site and field: the share of its articles (0 to 1) in which the field is known. The 20 sites with most pages.
with

sites as (
    select coalesce(documents.site, 'site unknown') as site, articles.*
    from marts.current_articles as articles
    join main.documents as documents on documents.document_id = articles.document_id
),

shares as (
    select
        site,
        count(*) as article_count,
        count(title) / count(*) as headline,
        count(published_on) / count(*) as day,
        count(coalesce(published_on, published_earliest, published_latest)) / count(*) as "any bound",
        count(outlet) / count(*) as outlet,
        count(byline) / count(*) as byline,
        count(dateline_place) / count(*) as dateline,
        count(language) / count(*) as language
    from sites
    group by site
    order by article_count desc, site
    limit 20
)

select site, article_count, field, known_share
from (unpivot shares on headline, day, "any bound", outlet, byline, dateline, language into name field value known_share)
order by article_count desc, site, field

-- Who wrote what?
-- about: outlets
-- :author = null  part of the byline; null for all that have one
select
    articles.byline,
    string_agg(authors.name, ', ' order by authors.author_no) filter (authors.kind = 'person' and authors.role = 'author') as persons,
    string_agg(authors.name, ', ' order by authors.author_no) filter (authors.kind in ('agency', 'outlet')) as taken_from,
    articles.published_on,
    articles.display_title,
    articles.outlet
from marts.current_articles as articles
left join main.authors as authors on authors.article_id = articles.article_id
where articles.byline is not null
    and ($author is null or strip_accents(articles.byline) ilike '%' || strip_accents($author) || '%')
group by all
order by articles.published_on, articles.byline, articles.display_title

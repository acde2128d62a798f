-- What do pages point their readers to: previous, next and related articles?
-- about: outlets
-- :kind = null  related, previous or next; null for all
select
    documents.source_uri,
    related_links.kind,
    related_links.title,
    related_links.teaser,
    related_links.url
from main.related_links as related_links
join main.documents as documents on documents.document_id = related_links.document_id
where documents.is_current
    and ($kind is null or related_links.kind = $kind)
order by documents.source_uri, related_links.link_no

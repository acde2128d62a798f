-- Who declined to comment, and on what?
-- about: said
-- :name = null  part of the person's or body's name; null for anybody
select
    articles.published_on,
    coalesce(entities.name, statements.speaker_text) as who,
    statements.cue,
    statements.text as on_what,
    articles.outlet
from main.statements as statements
join marts.current_articles as articles on articles.article_id = statements.article_id
left join main.entities as entities on entities.entity_id = statements.speaker_id
where statements.cue_class = 'refused'
    and regexp_matches(statements.cue || ' ' || statements.text, '(?i)comment|respond|repl(y|ies)|answer|say\b|discuss')
    and ($name is null or strip_accents(coalesce(entities.name, statements.speaker_text)) ilike '%' || strip_accents($name) || '%')
order by articles.published_on, who

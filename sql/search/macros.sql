-- Full-text search in plain SQL: no extension is needed, any DuckDB that opens the file can search it.
-- Ranking is BM25 (Robertson and Zaragoza 2009, k1 = 1.2, b = 0.75) over search.terms, a title's words counting three times.
-- Words are lower case without accents, English plurals without their s; scripts written without spaces are cut into pairs
-- of signs, so that 大学 is found in 北京大学.

-- The articles that can be found: without those of pages that a later version replaced.
create or replace view search.articles as
    select articles.*
    from main.articles as articles
    anti join (select document_id from main.documents where not is_current) as replaced on replaced.document_id = articles.document_id;
comment on view search.articles is 'One row an article that can be found: those of pages that a later version replaced are left out.';

-- A word as the index holds it: Tuđman’s missiles → tudman, s, missile.
create or replace macro search.plain(word) as
    if(strlen(word) = length(word), word, translate(strip_accents(word), 'đðłøıħŧ', 'ddloiht'));

create or replace macro search.fold(word) as
    case
        when not ends_with(word, 's') or length(word) < 4 then search.plain(word)
        when ends_with(word, 'ies') and length(word) > 4 then search.plain(word)[:-4] || 'y'
        when ends_with(word, 'us') or ends_with(word, 'ss') then search.plain(word)
        else search.plain(word)[:-2]
    end;

-- A text cut into its words, in order, not yet folded.
create or replace macro search.cut(text) as
    if(
        regexp_matches(text, '[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]'),
        flatten(list_transform(
            regexp_extract_all(
                lower(text),
                '[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}ー]+|(?:[^\P{L}\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]|[\p{N}\p{M}])+'
            ),
            lambda word: if(
                length(word) > 1 and regexp_matches(word, '^[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]'),
                list_transform(range(1, length(word)), lambda place: substring(word, place, 2)),
                [word]
            )
        )),
        regexp_extract_all(lower(text), '[\p{L}\p{N}\p{M}]+')
    );

-- The words of a text as the index holds them.
create or replace macro search.words(text) as list_transform(search.cut(text), lambda word: search.fold(word));

-- Whether a text holds a phrase: its words one after the other, whatever stands between them, accents as written.
create or replace macro search.holds_phrase(text, phrase) as regexp_matches(
    text,
    '(?i)(?:^|[^\p{L}\p{N}])' || array_to_string(regexp_extract_all(phrase, '[\p{L}\p{N}\p{M}]+'), '[^\p{L}\p{N}]+') || '(?:$|[^\p{L}\p{N}])'
);

-- Texts of one kind (article, quote, name) that hold the most of a query's words, with their score; of articles and quotes
-- those alone that can be found.
create or replace macro search.scores(query, of_kind) as table (
    with

    wanted as materialized (
        select distinct word as term
        from (select unnest(search.words(query)) as word)
        where length(word) > 1 or not word between 'a' and 'z'
    ),

    hits as materialized (
        select
            terms.term,
            terms.text_no,
            terms.times,
            terms.length
        from search.terms as terms
        join wanted on wanted.term = terms.term
        where terms.kind = of_kind
    ),

    weights as (
        select
            hits.term,
            ln(1 + (any_value(totals.texts) - count(*) + 0.5) / (count(*) + 0.5)) as weight,
            any_value(totals.mean_length) as mean_length
        from hits
        join search.totals as totals on totals.kind = of_kind
        group by hits.term
    ),

    scored as (
        select
            hits.text_no,
            count(*) as words_found,
            sum(weights.weight * hits.times * 2.2 / (hits.times + 1.2 * (0.25 + 0.75 * hits.length / weights.mean_length))) as score
        from hits
        join weights on weights.term = hits.term
        group by hits.text_no
    ),

    found as materialized (
        select
            texts.article_id,
            texts.quote_no,
            texts.entity_id,
            scored.words_found,
            scored.score
        from scored
        join search.texts as texts on texts.text_no = scored.text_no
        where of_kind = 'name' or texts.article_id in (select articles.article_id from search.articles as articles)
    )

    select
        article_id,
        quote_no,
        entity_id,
        score
    from found
    where words_found = (select max(words_found) from found)
);

-- select * from search('missile treaty'): the articles that fit best, with the words around the first hit.
create or replace macro main.search(query, top := 100) as table (
    with

    best as materialized (
        select
            article_id,
            score
        from search.scores(query, 'article')
        order by score desc, article_id
        limit top
    )

    select
        articles.article_id,
        articles.display_title,
        coalesce(
            nullif(regexp_extract(
                replace(articles.body, chr(10), ' '),
                '(?i)(?:\S+\s+){0,12}\S*\b(?:' || array_to_string(regexp_extract_all(query, '[\p{L}\p{N}\p{M}]+'), '|') || ')(?:\S*\s+\S+){0,18}\S*'
            ), ''),
            left(articles.body, 160)
        ) as snippet,
        articles.outlet,
        articles.published_on,
        articles.language,
        best.score
    from best
    join search.articles as articles on articles.article_id = best.article_id
    order by best.score desc, articles.article_id
);

-- select * from search_phrase('tear down this wall'): the articles that hold these words one after the other.
create or replace macro main.search_phrase(phrase, top := 100) as table (
    select
        articles.article_id,
        articles.display_title,
        articles.outlet,
        articles.published_on,
        articles.language,
        scores.score
    from search.scores(phrase, 'article') as scores
    join search.articles as articles on articles.article_id = scores.article_id
    -- a plain condition would be asked of all articles before the join
    where case when scores.score is not null then search.holds_phrase(concat_ws(' | ', articles.display_title, articles.deck, articles.body), phrase) end
    order by scores.score desc, articles.article_id
    limit top
);

-- select * from search_quotes('tear down this wall'): the quotes that fit best, with their speakers.
create or replace macro main.search_quotes(query, top := 100) as table (
    select
        scores.article_id,
        scores.quote_no,
        quotes.text,
        coalesce(speakers.name, quotes.speaker_text) as speaker,
        articles.outlet,
        articles.published_on,
        scores.score
    from search.scores(query, 'quote') as scores
    join main.quotes as quotes on quotes.article_id = scores.article_id and quotes.quote_no = scores.quote_no
    join search.articles as articles on articles.article_id = scores.article_id
    left join main.entities as speakers on speakers.entity_id = quotes.speaker_id
    order by scores.score desc, scores.article_id, scores.quote_no
    limit top
);

-- select * from search_names('gorbachev'): the people, bodies, countries and places of that name, the most mentioned first.
create or replace macro main.search_names(query, top := 100) as table (
    select
        entities.entity_id,
        entities.name,
        entities.kind,
        entities.country,
        entities.description,
        scores.score
    from search.scores(query, 'name') as scores
    join main.entities as entities on entities.entity_id = scores.entity_id
    order by scores.score desc, entities.entity_id
    limit top
);

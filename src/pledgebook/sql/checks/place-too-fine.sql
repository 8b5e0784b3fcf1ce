-- place-too-fine: a place that could endanger people, because it is finer than a commune.
-- one row per: offending entry
-- reads: placed, book.fine_place
-- key: where in the entry the finding stands
-- rule: coordinates of more than two decimals or with seconds, a plus code, a street beside a house
--   number, or a word for a home, a shelter, a camp, a base, a convoy or a hospital
with written as (
    select distinct place,
           replace(' ' || trim(regexp_replace(strip_accents(lower(place)), '[^a-z0-9]+', ' ', 'g')) || ' ', 's ', ' ') as words
    from placed
),
-- a plural is the same word: neither has an s at its end
word as (
    select distinct site, trim(replace(words || ' ', 's ', ' ')) as words from book.fine_place
),
named as (
    -- joined by the first of the words, then compared whole
    select written.place, fine.site
    from (select *, unnest(string_split(trim(words), ' ')) as token from written) as written
    join word as fine
      on split_part(fine.words, ' ', 1) = written.token and contains(written.words, ' ' || fine.words || ' ')
    where fine.site <> 'street'
       or regexp_matches(written.words, ' [0-9]+[a-z]? ([a-z]+ ){0,3}' || fine.words || ' ')
       or regexp_matches(written.words, ' ' || fine.words || ' ([a-z]+ ){0,4}(no |n )?[0-9]+[a-z]? ')
),
fine as (
    select place, 'it names a ' || site as reason, 1 as turn from named where site <> 'street'
    union all
    select place, 'it names a street and a number', 2 from named where site = 'street'
    union all
    select place, 'it has coordinates of more than two decimals', 3
    from written
    where regexp_matches(place, '(^|[^0-9])[0-9]{1,3}[.,][0-9]{3,}([^0-9]|$)')
    union all
    select place, 'it has coordinates with seconds', 4
    from written
    where regexp_matches(place, '[0-9]\s*°\s*[0-9]{1,2}\s*[''′’]\s*[0-9]{1,2}')
    union all
    select place, 'it is a plus code', 5
    from written
    where regexp_matches(place, '(^|\s)[23456789CFGHJMPQRVWX]{4,8}\+[23456789CFGHJMPQRVWX]{2,3}(\s|,|$)')
),
first as (
    select place, min_by(reason, (turn, reason)) as reason from fine group by place
)
select placed.id, 'place' as key, 'the place could endanger people: ' || first.reason as message,
       'a commune, or what is larger' as expected, placed.place as found, '' as difference,
       'name the commune, or coordinates of at most two decimals' as remedy
from placed
join first on first.place = placed.place

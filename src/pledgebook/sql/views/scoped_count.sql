-- scoped_count: which counts a stated total of counts is about, where it does not name them.
-- one row per: total with the stage counted, without covers, and count
-- reads: claim, counted_indicator, book.reading, book.actor_line
-- rule: the same counter (a total that names none has to say what it covers), the same series or
--   what, the same unit, the same receivers where both name them, the same place, or without a place
--   the counts without one, else those of all places; only counts that add up, inside the period,
--   and of two of which one holds the other's days only the longer; one of the very days of the total
--   only where it has no parts
with wanted as (
    select claim.fact as total, claim.unit, claim.who, claim.whom, lower(claim.what) as what,
           lower(claim.place_named) as place, reading.since, reading.until
    from claim
    left join book.reading as reading on reading.id = claim.id and reading.position = 1
    where claim.stage = 'counted' and claim.covers is null and claim.who is not null
),
alike as (
    select wanted.total, item.fact, item.place, item.since, item.until,
           item.who, item.series, item.what,
           wanted.since as total_since, wanted.until as total_until, wanted.place as place_wanted
    from wanted
    join counted_indicator as item on item.unit = wanted.unit and item.is_used and item.measure = 'increment'
    join book.actor_line as counter on counter.ancestor = wanted.who and counter.actor = item.who
    where (wanted.what is null or wanted.what in (lower(item.series), lower(item.what)))
      and (wanted.whom is null or item.whom is null or list_has_any(wanted.whom, item.whom))
      and (wanted.since is null or item.since >= wanted.since)
      and (wanted.until is null or item.until <= wanted.until)
),
-- counts without a place are of the whole; where there is none, those of its places are its parts
placed as (
    select alike.*, bool_or(alike.place is null) over (partition by total) as has_whole from alike
),
kept as (
    select * from placed
    where case when place_wanted is not null then lower(place) = place_wanted
               else not has_whole or place is null end
)
select distinct kept.total, kept.fact
from kept
where not exists (
    select 1
    from kept as other
    where other.total = kept.total and other.fact <> kept.fact
      and other.who is not distinct from kept.who and other.series is not distinct from kept.series
      and other.what is not distinct from kept.what and other.place is not distinct from kept.place
      and case
              when kept.since = kept.total_since and kept.until = kept.total_until then
                  other.since > kept.since or other.until < kept.until
              else other.since <= kept.since and other.until >= kept.until
               and (other.since < kept.since or other.until > kept.until)
               and (other.since > other.total_since or other.until < other.total_until)
          end
)

-- strength: how many people are in each force, and which entries say so.
-- one row per: force and day on which anything changes; two where the reports of one fact differ
-- reads: strength_day, force_part, force_whole, force_pledged
-- date: the day from which the row holds, up to the next row
-- reading: lowest or highest, where reports differ; null where they agree
-- present, pledged, ceiling, mandate, unit: see strength_day
-- basis: itemised, or stated where a stated level is in it (R1); parts: the same by contributor, where
--   "rest" is what no contributor is named for
with sender as (
    select distinct force, reading, contributor, coalesce(role, '') as role from force_part where contributor is not null
),
-- what each contributor has there on a day
named as (
    select days.force, days.day, sender.reading, sum(part.present) as named,
           bool_or(part.basis <> 'itemised') as is_stated,
           list(concat_ws(' ', part.contributor, part.role, short(part.present), part.basis)
                order by part.contributor, part.role) filter (where part.present <> 0) as parts
    from strength_day as days
    join sender on sender.force = days.force
    asof join force_part as part
      on part.force = days.force and part.reading = sender.reading and part.contributor = sender.contributor
     and coalesce(part.role, '') = sender.role and days.day >= part.day
    group by days.force, days.day, sender.reading
),
-- what came before a level is replaced by it
standing as (
    select days.force, days.day, flatten(list(part.reports)) as reports
    from strength_day as days
    join force_part as part on part.force = days.force and part.day <= days.day and part.reading = 'lowest'
    where coalesce(part.next_level > days.day, true)
      and coalesce(part.day > days.whole_day or (part.day = days.whole_day and part.basis <> 'itemised'), true)
    group by days.force, days.day
),
promised as (
    select days.force, days.day, flatten(list(pledged.reports)) as reports
    from strength_day as days
    join force_pledged as pledged on pledged.force = days.force and pledged.since <= days.day
    where coalesce(pledged.until > days.day, true)
    group by days.force, days.day
),
gathered as (
    select days.*, reading.name as reading,
           case reading.name when 'lowest' then days.lowest else days.highest end as present,
           named.is_stated, named.named, named.parts,
           list_sort(list_distinct(
               coalesce(standing.reports, []) || coalesce(whole.reports, []) || coalesce(promised.reports, [])
               || case when days.mandate is null then [] else [days.mandate] end)) as rests_on
    from strength_day as days
    cross join (values ('lowest'), ('highest')) as reading (name)
    left join named on named.force = days.force and named.day = days.day and named.reading = reading.name
    left join standing on standing.force = days.force and standing.day = days.day
    left join promised on promised.force = days.force and promised.day = days.day
    left join force_whole as whole on whole.force = days.force and whole.day = days.whole_day
    where reading.name = 'lowest' or days.lowest is distinct from days.highest
)
select force as activity, day as date, present, pledged, ceiling,
       case when lowest is distinct from highest then reading end as reading, unit,
       case
           when not is_counted then null
           when whole_day is not null or is_stated then 'stated'
           else 'itemised'
       end as basis,
       case
           when present is null then null
           when present = coalesce(named, 0) then coalesce(parts, [])
           else coalesce(parts, []) || ['rest ' || short(present - coalesce(named, 0)) || ' derived']
       end as parts,
       mandate, rests_on
from gathered

-- force_left: the people who left a force, or were lost to it.
-- one row per: force and departure; one that is about several arrivals without a number is one for each
-- reads: force_figure, status, joined, activity, book.people, book.actor_line
-- rule: a status withdrawn or lost with a quantity of people, about the force or about what says that
--   they came; without a quantity about an arrival, all who came with it
-- contributor: who had sent them; null where that is not told
-- arrival: the fact that left whole; null where the number that left was said
-- lowest, highest: the least and the most that can have left
with said as (
    select coalesce(joined.fact, status.id) as departure, status.id, status.who, status.quantity, status.unit,
           people.role, greatest(status.since, least(status.until, status.known)) as day, unnest(status.about) as target
    from status
    left join joined on joined.id = status.id
    left join book.people as people on people.noun = strip_accents(split_part(status.unit, ' ', -1))
    where status.state in ('withdrawn', 'lost')
      and (status.quantity is null or people.role <> 'harmed')
),
sender as (
    select line.actor, figure.force, figure.contributor, max(figure.role) is not null as is_told
    from force_figure as figure
    join book.actor_line as line on line.ancestor = figure.who
    where figure.contributor is not null
    group by line.actor, figure.force, figure.contributor
),
aimed as (
    select said.departure, said.id, said.day, arrival.force, arrival.contributor, arrival.role,
           case when said.quantity is null then arrival.fact end as arrival,
           coalesce(said.quantity, arrival.lowest) as lowest, coalesce(said.quantity, arrival.highest) as highest,
           coalesce(said.unit, arrival.unit) as unit, 1 as turn
    from said
    left join joined on joined.id = said.target
    join force_figure as arrival
      on arrival.fact = coalesce(joined.fact, said.target) and arrival.stage in ('delivered', 'used')
    union all by name
    -- whoever brought it about is the contributor only where it had sent people, and where the noun
    -- does not tell which of them left, nobody is
    select said.departure, said.id, said.day, activity.id as force,
           case when not sender.is_told or said.role <> 'people' then sender.contributor end as contributor,
           case when sender.is_told and said.role <> 'people' then said.role end as role,
           said.quantity as lowest, said.quantity as highest, said.unit, 2 as turn
    from said
    join activity on activity.id = said.target and coalesce(activity.type, 'force') in ('mission', 'force', 'unit')
    left join sender on sender.actor = said.who and sender.force = activity.id
    where said.quantity is not null
),
-- a departure about the force and about an arrival to it is one
ranked as (
    select aimed.*,
           row_number() over (partition by force, departure, id, arrival order by turn, contributor) as place
    from aimed
    where day <= as_of()
)
select force, departure, arrival, min(id) as id, min_by(contributor, id) as contributor, min_by(role, id) as role,
       min(day) as day, min(lowest) as lowest, max(highest) as highest, min_by(unit, id) as unit,
       list_sort(list(id)) as reports
from ranked
where place = 1
group by force, departure, arrival

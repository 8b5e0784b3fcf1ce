-- carried: the mandates that were adopted and not voted down.
-- one row per: live mandate and activity that it authorises
-- reads: mandate, book.council
-- about: the activity; since: the day of adoption
-- rule: in the Security Council nine yes and no negative vote of a permanent member, unless the
--   matter is procedural; an abstention is no veto (Charter, Article 27). Elsewhere: adopted.
with body as (
    -- permanent members are the same in every year, and so is the number of seats
    select body, list_distinct(list(member) filter (where is_permanent)) as permanent,
           count(*) // count(distinct year) as seats
    from book.council
    group by body
),
voted as (
    select mandate.id, mandate.about, mandate.procedural, mandate.known, body.seats,
           coalesce(mandate.adopted_until, mandate.until) as adopted,
           coalesce(len(mandate.no), 0) as against,
           coalesce(len(mandate.no), 0) + coalesce(len(mandate.abstain), 0)
               + coalesce(len(mandate.absent), 0) as withheld,
           len(mandate.yes) as named_yes,
           coalesce(list_has_any(mandate.no, body.permanent), false) as is_vetoed
    from mandate
    left join body on body.body = mandate.body
)
select voted.id, unnest(voted.about) as about, voted.adopted as since, voted.known
from voted
where voted.adopted <= as_of()
  and case
          when voted.seats is null then voted.against = 0 or voted.named_yes > voted.against
          else coalesce(voted.named_yes, voted.seats - voted.withheld) >= 9
               and (not voted.is_vetoed or voted.procedural = 'yes')
      end

-- carried: the mandates that were adopted and not voted down.
-- one row per: live mandate and activity that it authorises
-- reads: mandate, book.council
-- about: the activity; since: the day of adoption
-- rule: in the Security Council nine yes and no negative vote of a permanent member, unless the
--   matter is procedural; an abstention is no veto (Charter, Article 27). Elsewhere: adopted.
with voted as (
    select mandate.id, mandate.body, mandate.about, mandate.procedural, mandate.known,
           coalesce(mandate.adopted_until, mandate.until) as adopted,
           coalesce(len(mandate.no), 0) as against,
           coalesce(len(mandate.no), 0) + coalesce(len(mandate.abstain), 0)
               + coalesce(len(mandate.absent), 0) as withheld,
           len(mandate.yes) as named_yes,
           (select count(*) from book.council as council
            where council.is_permanent
              and council.year = year(coalesce(mandate.adopted_until, mandate.until))
              and list_contains(mandate.no, council.member)) as vetoes,
           (select count(*) from book.council as council
            where council.year = year(coalesce(mandate.adopted_until, mandate.until))) as seats
    from mandate
)
select voted.id, unnest(voted.about) as about, voted.adopted as since, voted.known
from voted
where voted.adopted <= as_of()
  and case
          when voted.body <> 'unsc' or voted.seats = 0 then voted.against = 0 or voted.named_yes > voted.against
          else coalesce(voted.named_yes, 15 - voted.withheld) >= 9
               and (voted.vetoes = 0 or voted.procedural = 'yes')
      end

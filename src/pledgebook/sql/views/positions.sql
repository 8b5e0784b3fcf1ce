-- positions: what an actor thinks of an ask, a promise, an actor or an activity.
-- one row per: live position
-- reads: position, source
-- who: whose stance it is; where the entry names nobody, the publisher's
select position.id, coalesce(position.who, source.publisher, source.host, source.id) as who,
       position.about, position.stance, position.what, position.since, position.known,
       [position.id] as rests_on
from position
left join source on source.id = position.source

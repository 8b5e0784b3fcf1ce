-- kin: actors of which one is the other, or a part of it.
-- one row per: actor and other, in both directions
-- reads: book.actor_line
-- stored: yes
select actor as one, ancestor as other from book.actor_line
union
select ancestor as one, actor as other from book.actor_line

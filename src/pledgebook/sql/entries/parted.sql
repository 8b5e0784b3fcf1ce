-- parted: entries that a person has judged to be about different things.
-- one row per: entry and other, in both directions
-- reads: book.judgement
-- rule: what a rule of this program would join, such a judgement parts; a chain of `same` outranks it
select entry as id, other
from book.judgement
where judgement = 'different' and is_known(known)
union
select other as id, entry as other
from book.judgement
where judgement = 'different' and is_known(known)

-- corrected: the entries that a later entry corrects, as of the day.
-- one row per: corrected entry
-- reads: book.judgement
-- id: the entry that no longer stands
-- replaced_by: the entry that corrects it
select judgement.other as id, min(judgement.entry) as replaced_by
from book.judgement as judgement
where judgement.judgement = 'corrects' and is_known(judgement.known)
group by judgement.other

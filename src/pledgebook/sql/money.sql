-- money: the days of every amount of money, whether or not it is known or counts: rates are wanted for them.
-- Run once, when the tracker is compiled; it makes the view book.money.
-- one row per: entry with money
-- reads: book.report, book.total, book.need, book.ask, book.status
select currency, since, until, known from book.report where currency is not null
union all select currency, since, until, known from book.total where currency is not null
union all select currency, since, until, known from book.need where currency is not null
union all select currency, since, until, known from book.ask where currency is not null
union all select currency, since, until, known from book.status where currency is not null

-- The three things that a question may set, per cursor: the day as of which it is asked, the day
-- on which it is asked (for what is due), and the weakest wording that counts as promised.

-- the day as of which the question is asked; everything that the book holds where none is set
create macro as_of() as coalesce(getvariable('as_of'), date '9999-12-31');

-- whether an entry is known on that day; what has no day is known only where no day is asked for
create macro is_known(known) as coalesce(known, date '9999-12-31') <= as_of();

-- the day against which what is due is held; null where the question has none
create macro this_day() as coalesce(getvariable('as_of'), getvariable('day'));

-- how firm a wording is, from implied (1) to done (7)
create macro firmness(strength) as
    list_position(['implied', 'considered', 'prepared', 'promised', 'notified', 'signed', 'done'], strength);

-- the weakest wording that counts as promised
create macro weakest_counted() as firmness(coalesce(getvariable('strength'), 'promised'));

-- where a stage stands on the ladder, from pledged (1) to used (5)
create macro rung(stage) as
    list_position(['pledged', 'committed', 'disbursed', 'delivered', 'used'], stage);

-- how far a grade may be trusted, from A (1) to D (4); an ungraded source stands between C and D
create macro distrust(grade) as
    case grade when 'A' then 1.0 when 'B' then 2.0 when 'C' then 3.0 when 'D' then 4.0 else 3.5 end;

-- how far a statement may be trusted: as its source, but what has neither quote nor cell no more than C
create macro trust_of(quote, cell, grade) as
    case when quote is null and cell is null then greatest(distrust(grade), 3.0) else distrust(grade) end;

-- how firm a wording counts that says nothing: a pledge is promised, a commitment signed, all else done
create macro unsaid_strength(kind) as
    case kind when 'pledge' then 'promised' when 'commitment' then 'signed' else 'done' end;

-- a figure as a line of text shows it: "300,000,000 USD"; nothing where it is unknown
create macro figure(amount, unit) as
    rtrim(rtrim(format('{:,}', trunc(amount)::bigint) ||
        case when amount <> trunc(amount) then substr(rtrim((abs(amount) - abs(trunc(amount)))::varchar, '0'), 2) else '' end, '.'), ' ')
    || ' ' || unit;

-- the words of a line of text for the words of a field
create macro comparator_word(comparator) as
    case comparator when '>' then 'more than' when '<' then 'less than' when '~' then 'about' when 'up to' then 'up to' end;

create macro stance_word(stance) as
    case stance
        when 'supports' then 'supports' when 'supports_if' then 'supports, on a condition,'
        when 'reviewing' then 'is reviewing' when 'sceptical' then 'is sceptical about'
        when 'critical' then 'is critical of' when 'opposes' then 'opposes'
        when 'declines' then 'declines' when 'abstained' then 'abstained on'
    end;

create macro support_word(kind, firm) as
    case kind
        when 'pledge' then
            case when firm = 1 then 'is said to be ready to give' when firm = 2 then 'considers giving'
                 when firm = 3 then 'is prepared to give' else 'pledges' end
        when 'commitment' then 'commits' when 'disbursement' then 'pays'
        when 'delivery' then 'delivers' when 'use' then 'has in use'
    end;

-- whether a row is among those that the question asks for; each filter is null where it is not set
create macro is_asked_who(who) as getvariable('who') is null or list_contains(getvariable('who'), who);
create macro is_asked_whom(whom) as getvariable('whom') is null or list_has_any(whom, getvariable('whom'));
create macro is_asked_via(via) as getvariable('via') is null or via = getvariable('via');
create macro is_asked_unit(unit) as getvariable('unit') is null or unit = getvariable('unit');
-- of an answer that is shown in another currency the unit in which an amount was reported is meant
create macro is_asked_own_unit(unit) as getvariable('currency') is null or is_asked_unit(unit);
create macro is_asked_shown_unit(unit) as getvariable('currency') is not null or is_asked_unit(unit);
create macro is_asked_between(since, until) as
    (getvariable('since') is null or until >= getvariable('since'))
    and (getvariable('until') is null or since <= getvariable('until'));

-- the currency that the question asks for (--in), and the year whose prices (--in USD@2021); null
-- where it asks for none
create macro asked_currency() as split_part(getvariable('currency'), '@', 1);
create macro asked_year() as try_cast(split_part(getvariable('currency'), '@', 2) as integer);

-- the day at whose rate money is converted: its last day, but none after it was known
create macro rate_day_of(since, until, known) as least(until, greatest(since, known));

-- how much of one currency a unit of another is worth, from what one unit of their hub buys of each;
-- twelve decimals, so that amount times rate is what stands there
create macro cross_rate(per_hub_from, per_hub_to) as try_cast(per_hub_to / per_hub_from as decimal(24, 12));

-- the tables that two rates come from, each named once
create macro both_tables(one, other) as
    case when one is null then other when other is null or one = other then one
         else array_to_string(list_sort(list_distinct(string_split(one || ', ' || other, ', '))), ', ') end;

-- an amount at a rate, to the cent, half a cent away from zero; as it is where there is no rate
create macro at_rate(amount, rate) as
    case when rate is null then amount
         when abs(amount) < 1000000000000000 and rate < 10000 then round(amount * rate, 2)::decimal(38, 6)
         else try_cast(round(amount::double * rate::double, 2) as decimal(38, 6)) end;

-- a rate as a line of text shows it: without the zeros at its end
create macro rate_figure(rate) as rtrim(rtrim(rate::varchar, '0'), '.');

-- an amount as people write it in a sentence: 290.22M, 1.5bn, 400; "unknown" where there is none
create macro trimmed(number) as
    case when contains(format('{:,.2f}', number), '.') then rtrim(rtrim(format('{:,.2f}', number), '0'), '.') else format('{:,.2f}', number) end;
create macro short(amount) as
    case when amount is null then 'unknown'
         when abs(amount) >= 1000000000 then trimmed(round(amount / 1000000000, 2)::double) || 'bn'
         when abs(amount) >= 1000000 then trimmed(round(amount / 1000000, 2)::double) || 'M'
         else trimmed(round(amount, 2)::double) end;

-- ids in a sentence: the first and the last of them, and how many there are
create macro span(ids) as
    case when len(ids) = 1 then '1 entry: ' || ids[1]
         else format('{:,}', len(ids)) || ' entries: ' || ids[1] || ' to ' || ids[-1] end;

-- the number of a resolution in its symbol, such as 2699 in "S/RES/2699 (2023)"; null in a draft's
create macro resolution_number(symbol) as
    try_cast(regexp_extract(lower(symbol), '^(?:s/res/|.*\bresolution )?([0-9]+)(?:[^0-9/].*)?$', 1) as integer);

-- a number of days in a sentence
create macro in_days(number) as format('{:,}', number) || case when number = 1 then ' day' else ' days' end;
-- how far a figure may be off: the rounding of its wording; "about" forgives five per cent
create macro leeway(amount, slack, comparator) as
    case when comparator = '~' then greatest(coalesce(slack, 0), abs(amount) / 20) else coalesce(slack, 0) end;

-- whether two figures exclude each other, each a lowest and a highest value; null is no bound; what
-- meets in one point only (3 and 4, each rounded) is apart
create macro excludes(low, high, other_low, other_high) as
    coalesce(low >= other_high and coalesce(high > other_low, true), false)
    or coalesce(other_low >= high and coalesce(other_high > low, true), false);

-- whether two days, written as 2021, 2021-10 or 2021-10-18, differ as far as both are told; a season
-- tells no more than its year, and an open end nothing
create macro told_day(day) as
    case when day similar to '[0-9]{4}-(2[1-9]|3[0-9]|4[01]).*' then left(day, 4)
         else regexp_extract(day, '^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?') end;
create macro disagree(day, other_day) as
    left(told_day(day), least(length(told_day(day)), length(told_day(other_day))))
    <> left(told_day(other_day), least(length(told_day(day)), length(told_day(other_day))));

-- a quote as a sentence about it shows it, in one line
create macro cited(quote) as '"' || regexp_replace(trim(quote), '\s+', ' ', 'g') || '"';

-- the names in a list, each once, in the order of the alphabet; most lists hold one
create macro as_set(names) as case when len(names) = 1 then names else list_sort(list_distinct(names)) end;

-- which figure of an entry counts, its quantity or else its amount: the key that it stands under, and
-- its slack
create macro figure_key(quantity) as case when quantity is null then 'amount' else 'quantity' end;
create macro figure_slack(quantity, quantity_slack, amount_slack) as
    case when quantity is null then amount_slack else quantity_slack end;

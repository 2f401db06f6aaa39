# L26: names that look like keywords
{ iff, inn, recc, or', true, null ? null, __curPos', builtins }: or' true null

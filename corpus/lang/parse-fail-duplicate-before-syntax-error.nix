# L56: a duplicate is reported before a later syntax error
{ a = 1; a = 2; } ]

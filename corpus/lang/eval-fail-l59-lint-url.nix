# A setting makes URLs without quotes an error. (L59, L12)
[ "a" http://example.org ]

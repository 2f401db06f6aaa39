# With an ellipsis any attributes are accepted. (L27)
[ (({ ... }: 1) { a = 1; }) (({ a ? 2, ... }: a) { b = 1; }) (map ({ a, ... }: a) [ { a = 1; b = 2; } { a = 3; } ]) ]

# With a lambda around the comparison there is a frame for the lambda.
builtins.sort (a: b: a < b) [ 1 "a" ]

# L13: a//b is an update, not a path
a: b: [ (a//b) (a // b) (a//b/c) (a// ./b) ]

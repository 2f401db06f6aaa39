# L37: `or` is no parameter
or: 1

# NaN is no JSON.
builtins.fromJSON "NaN"

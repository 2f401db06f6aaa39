# The values of JSON; of equal keys the last wins.
builtins.fromJSON ''
  {
    "int": 1, "negative": -1, "zero": 0, "minusZero": -0,
    "float": 1.5, "exponent": 1e3, "Exponent": 1E-2, "one": 1.0,
    "max": 9223372036854775807, "min": -9223372036854775808,
    "beyondUnsigned": 18446744073709551616, "belowMin": -9223372036854775809,
    "string": "a\"b\\c\/d\b\f\n\r\t", "unicode": "\u00e9\u20ac\ud83d\ude00", "raw": "é€",
    "true": true, "false": false, "null": null,
    "list": [1, [2], {}], "empty": [], "set": {"": 1, "a.b": 2, "a b": 3},
    "twice": 1, "twice": 2
  }
''

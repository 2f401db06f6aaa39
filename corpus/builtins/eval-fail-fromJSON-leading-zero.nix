# Numbers have no leading zero.
builtins.fromJSON "01"

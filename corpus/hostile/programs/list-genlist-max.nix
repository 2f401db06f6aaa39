# errors: a list of as many elements as there are integers
builtins.genList (i: i) 9223372036854775807

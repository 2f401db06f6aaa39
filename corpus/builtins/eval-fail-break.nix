# break does not force its argument in a way of its own.
break (throw "inside")

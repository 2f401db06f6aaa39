# A list has no base name.
baseNameOf [ "a" ]

# The set is forced before the list of names.
removeAttrs (throw "the set") (throw "the names")

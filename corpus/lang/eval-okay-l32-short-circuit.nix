# && || -> do not evaluate the right side if the left decides. (L32, L52)
[ (false && throw "and") (true || throw "or") (false -> throw "impl") (true && true) (false || false) (true -> false) (true -> true) ]

# elemAt forces its second argument first.
builtins.elemAt (throw "the list") (throw "the index")

# groupBy wants a list as its second argument.
builtins.groupBy (x: "a") "list"

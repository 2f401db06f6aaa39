# getAttr wants a set as its second argument.
builtins.getAttr "a" [ ]

# hasAttr wants a set as its second argument.
builtins.hasAttr "a" null

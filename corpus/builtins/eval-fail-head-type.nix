# head wants a list.
builtins.head "abc"

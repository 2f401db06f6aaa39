# L55: every builtin also has a name with two underscores
[
  __add __all __attrNames __currentSystem __currentTime __findFile __langVersion __lessThan __mul
  __nixPath __nixVersion __storeDir __sub __toJSON __typeOf __elem __filter __length __head
]

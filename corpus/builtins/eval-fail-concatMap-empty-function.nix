# concatMap looks at the function even if the list is empty, other than map.
builtins.concatMap 1 [ ]

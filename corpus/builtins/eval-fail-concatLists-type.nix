# concatLists wants a list.
builtins.concatLists { }

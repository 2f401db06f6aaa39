# head forces what it gives.
builtins.head [ (throw "forced") ]

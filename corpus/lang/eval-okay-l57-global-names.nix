# The names that need no prefix, and what builtins holds of them. (L57)
map (f: builtins.typeOf f) [ abort baseNameOf break builtins derivation derivationStrict dirOf false fetchGit fetchMercurial fetchTarball fromTOML import isNull map null placeholder removeAttrs scopedImport throw toString true __add __curPos __nixPath __storeDir __langVersion __currentSystem ]

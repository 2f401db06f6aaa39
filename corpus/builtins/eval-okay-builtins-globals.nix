# Names without builtins in front, and those with two underscores.
[
  (map builtins.typeOf [
    abort baseNameOf break builtins derivation derivationStrict dirOf false fetchGit fetchMercurial fetchTarball fromTOML import isNull map null
    placeholder removeAttrs scopedImport throw toString true
  ])
  (map builtins.typeOf [
    __add __addErrorContext __all __any __attrNames __attrValues __bitAnd __catAttrs __ceil __compareVersions __concatLists __concatMap
    __concatStringsSep __convertHash __currentSystem __currentTime __deepSeq __div __elem __elemAt __fetchurl __filter __filterSource __findFile
    __floor __foldl' __fromJSON __functionArgs __genList __genericClosure __getAttr __getContext __getEnv __groupBy __hasAttr __hasContext
    __hashFile __hashString __head __intersectAttrs __isAttrs __isList __langVersion __length __lessThan __listToAttrs __mapAttrs __match __mul
    __nixPath __nixVersion __parseDrvName __partition __path __pathExists __readDir __readFile __replaceStrings __seq __sort __split __splitVersion
    __storeDir __storePath __stringLength __sub __substring __tail __toFile __toJSON __toPath __toXML __trace __traceVerbose __tryEval __typeOf
    __unsafeDiscardStringContext __unsafeGetAttrPos __warn __zipAttrsWith
  ])
]

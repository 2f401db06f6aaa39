# A module system with as much of that of nixpkgs as a small machine needs: modules with imports,
# options with a type, values that are merged, mkIf, mkForce, and where all of it is defined.
{ modules, args }:
let
  inherit (builtins) isAttrs isFunction isList isString filter concatMap foldl' mapAttrs attrNames listToAttrs head;

  # Modules as they are listed, and those that they import: a set with file and body each.
  load = m:
    let
      file = if isString m || builtins.isPath m then toString m else m._file or "<unknown-file>";
      value = if isString m || builtins.isPath m then import m else m;
      body = if isFunction value then value (args // { inherit config options lib; }) else value;
    in
    [ { inherit file body; } ] ++ concatMap load (body.imports or [ ]);
  loaded = concatMap load modules;

  configOf = body: body.config or (removeAttrs body [ "imports" "options" "_file" ]);

  lib = rec {
    mkOption = o: { _type = "option"; } // o;
    mkIf = condition: content: { _type = "if"; inherit condition content; };
    mkMerge = contents: { _type = "merge"; inherit contents; };
    mkForce = content: { _type = "force"; inherit content; };
    concatStringsSep = builtins.concatStringsSep;
    mapAttrsToList = f: set: map (n: f n set.${n}) (attrNames set);
    types = {
      # Each has how several definitions become one value.
      single = { name = "single"; merge = values: head values; };
      list = { name = "list"; merge = builtins.concatLists; };
      lines = { name = "lines"; merge = builtins.concatStringsSep "\n"; };
      attrs = { name = "attrs"; merge = foldl' (a: b: a // b) { }; };
    };
  };

  # What a value comes to where it may be conditional: a list of values.
  discharge = v:
    if !(isAttrs v) then [ v ]
    else if v._type or "" == "if" then (if v.condition then discharge v.content else [ ])
    else if v._type or "" == "merge" then concatMap discharge v.contents
    else [ v ];

  isOption = v: isAttrs v && v._type or "" == "option";

  # The options that are declared below a path.
  declared = concatMap (m: map (d: d // { inherit (m) file; }) (flatten [ ] (m.body.options or { }))) loaded;
  flatten = loc: set: concatMap
    (n: if isOption set.${n} then [ { loc = loc ++ [ n ]; option = set.${n}; } ] else flatten (loc ++ [ n ]) set.${n})
    (attrNames set);

  definitionsAt = loc: concatMap
    (m: map (value: { inherit (m) file; inherit value; }) (concatMap discharge (at loc (configOf m.body))))
    loaded;
  # What is below a path; conditions on the way are kept, since they may need other options.
  at = loc: v:
    if loc == [ ] then [ v ]
    else if !(isAttrs v) then [ ]
    else if v._type or "" == "if" then map (content: { _type = "if"; inherit (v) condition; inherit content; }) (at loc v.content)
    else if v._type or "" == "merge" then concatMap (at loc) v.contents
    else if v ? ${head loc} then at (builtins.tail loc) v.${head loc}
    else [ ];

  optionAt = d:
    let
      all = definitionsAt d.loc;
      forced = filter (x: isAttrs x.value && x.value._type or "" == "force") all;
      definitionsWithLocations = if forced == [ ] then all else map (x: x // { value = x.value.content; }) forced;
      values = map (x: x.value) definitionsWithLocations;
      type = d.option.type or lib.types.single;
    in
    {
      _type = "option";
      inherit (d) loc;
      declarations = [ d.file ];
      files = map (x: x.file) definitionsWithLocations;
      inherit definitionsWithLocations;
      isDefined = values != [ ];
      value =
        if values != [ ] then type.merge values
        else d.option.default or (throw "The option '${builtins.concatStringsSep "." d.loc}' is used but not defined.");
    };

  # A tree of what fn makes of each option.
  tree = fn: foldl' (acc: d: merge acc (nest d.loc (fn (optionAt d)))) { } declared;
  nest = loc: v: if loc == [ ] then v else { ${head loc} = nest (builtins.tail loc) v; };
  merge = a: b: a // mapAttrs (n: v: if a ? ${n} && isAttrs a.${n} && isAttrs v && !(isOption v) then merge a.${n} v else v) b;

  # Values are wrapped while the tree is made, so that none is looked into.
  unwrap = t: mapAttrs (_: v: if v ? wrapped then v.wrapped else unwrap v) t;
  options = tree (o: o);
  config = unwrap (foldl' (acc: d: merge acc (nest d.loc { wrapped = (optionAt d).value; _type = "option"; })) { } declared);
in
{ inherit options config; }

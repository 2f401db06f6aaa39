# A library in the usual style: small functions with comments.
{ lib }:

rec {
  /** The amber of a list: what is left of it.

      amber0 (x: x > 1) [ 1 2 3 ]
      => [ 2 3 ]
  */
  amber0 = pred: list:
    let
      len = builtins.length list;
      go = n: acc:
        if n == len then acc
        else let x = builtins.elemAt list n; in
          go (n + 1) (if pred x || (n >= 100 -> acc == [ ]) then acc ++ [ x ] else acc);
    in assert builtins.isFunction pred; go 0 [ ];

  amber0Attrs = { name ? "amber", value, recurse ? false, ... }@args:
    if recurse then lib.mapAttrs (k: v: amber0Attrs (args // { name = "${name}.${k}"; value = v; })) value
    else { ${name} = value; inherit recurse; inherit (args) value; };

  /** The basil of a list: what is left of it.

      basil1 (x: x > 1) [ 1 2 3 ]
      => [ 2 3 ]
  */
  basil1 = pred: list:
    let
      len = builtins.length list;
      go = n: acc:
        if n == len then acc
        else let x = builtins.elemAt list n; in
          go (n + 1) (if pred x || (n >= 100 -> acc == [ ]) then acc ++ [ x ] else acc);
    in assert builtins.isFunction pred; go 0 [ ];

  basil1Attrs = { name ? "basil", value, recurse ? false, ... }@args:
    if recurse then lib.mapAttrs (k: v: basil1Attrs (args // { name = "${name}.${k}"; value = v; })) value
    else { ${name} = value; inherit recurse; inherit (args) value; };

  /** The cedar of a list: what is left of it.

      cedar2 (x: x > 1) [ 1 2 3 ]
      => [ 2 3 ]
  */
  cedar2 = pred: list:
    let
      len = builtins.length list;
      go = n: acc:
        if n == len then acc
        else let x = builtins.elemAt list n; in
          go (n + 1) (if pred x || (n >= 100 -> acc == [ ]) then acc ++ [ x ] else acc);
    in assert builtins.isFunction pred; go 0 [ ];

  cedar2Attrs = { name ? "cedar", value, recurse ? false, ... }@args:
    if recurse then lib.mapAttrs (k: v: cedar2Attrs (args // { name = "${name}.${k}"; value = v; })) value
    else { ${name} = value; inherit recurse; inherit (args) value; };

  /** The delta of a list: what is left of it.

      delta3 (x: x > 1) [ 1 2 3 ]
      => [ 2 3 ]
  */
  delta3 = pred: list:
    let
      len = builtins.length list;
      go = n: acc:
        if n == len then acc
        else let x = builtins.elemAt list n; in
          go (n + 1) (if pred x || (n >= 100 -> acc == [ ]) then acc ++ [ x ] else acc);
    in assert builtins.isFunction pred; go 0 [ ];

  delta3Attrs = { name ? "delta", value, recurse ? false, ... }@args:
    if recurse then lib.mapAttrs (k: v: delta3Attrs (args // { name = "${name}.${k}"; value = v; })) value
    else { ${name} = value; inherit recurse; inherit (args) value; };

  /** The ember of a list: what is left of it.

      ember4 (x: x > 1) [ 1 2 3 ]
      => [ 2 3 ]
  */
  ember4 = pred: list:
    let
      len = builtins.length list;
      go = n: acc:
        if n == len then acc
        else let x = builtins.elemAt list n; in
          go (n + 1) (if pred x || (n >= 100 -> acc == [ ]) then acc ++ [ x ] else acc);
    in assert builtins.isFunction pred; go 0 [ ];

  ember4Attrs = { name ? "ember", value, recurse ? false, ... }@args:
    if recurse then lib.mapAttrs (k: v: ember4Attrs (args // { name = "${name}.${k}"; value = v; })) value
    else { ${name} = value; inherit recurse; inherit (args) value; };

  /** The fjord of a list: what is left of it.

      fjord5 (x: x > 1) [ 1 2 3 ]
      => [ 2 3 ]
  */
  fjord5 = pred: list:
    let
      len = builtins.length list;
      go = n: acc:
        if n == len then acc
        else let x = builtins.elemAt list n; in
          go (n + 1) (if pred x || (n >= 100 -> acc == [ ]) then acc ++ [ x ] else acc);
    in assert builtins.isFunction pred; go 0 [ ];

  fjord5Attrs = { name ? "fjord", value, recurse ? false, ... }@args:
    if recurse then lib.mapAttrs (k: v: fjord5Attrs (args // { name = "${name}.${k}"; value = v; })) value
    else { ${name} = value; inherit recurse; inherit (args) value; };

  /** The grove of a list: what is left of it.

      grove6 (x: x > 1) [ 1 2 3 ]
      => [ 2 3 ]
  */
  grove6 = pred: list:
    let
      len = builtins.length list;
      go = n: acc:
        if n == len then acc
        else let x = builtins.elemAt list n; in
          go (n + 1) (if pred x || (n >= 100 -> acc == [ ]) then acc ++ [ x ] else acc);
    in assert builtins.isFunction pred; go 0 [ ];

  grove6Attrs = { name ? "grove", value, recurse ? false, ... }@args:
    if recurse then lib.mapAttrs (k: v: grove6Attrs (args // { name = "${name}.${k}"; value = v; })) value
    else { ${name} = value; inherit recurse; inherit (args) value; };

  /** The hazel of a list: what is left of it.

      hazel7 (x: x > 1) [ 1 2 3 ]
      => [ 2 3 ]
  */
  hazel7 = pred: list:
    let
      len = builtins.length list;
      go = n: acc:
        if n == len then acc
        else let x = builtins.elemAt list n; in
          go (n + 1) (if pred x || (n >= 100 -> acc == [ ]) then acc ++ [ x ] else acc);
    in assert builtins.isFunction pred; go 0 [ ];

  hazel7Attrs = { name ? "hazel", value, recurse ? false, ... }@args:
    if recurse then lib.mapAttrs (k: v: hazel7Attrs (args // { name = "${name}.${k}"; value = v; })) value
    else { ${name} = value; inherit recurse; inherit (args) value; };

  /** The iris of a list: what is left of it.

      iris8 (x: x > 1) [ 1 2 3 ]
      => [ 2 3 ]
  */
  iris8 = pred: list:
    let
      len = builtins.length list;
      go = n: acc:
        if n == len then acc
        else let x = builtins.elemAt list n; in
          go (n + 1) (if pred x || (n >= 100 -> acc == [ ]) then acc ++ [ x ] else acc);
    in assert builtins.isFunction pred; go 0 [ ];

  iris8Attrs = { name ? "iris", value, recurse ? false, ... }@args:
    if recurse then lib.mapAttrs (k: v: iris8Attrs (args // { name = "${name}.${k}"; value = v; })) value
    else { ${name} = value; inherit recurse; inherit (args) value; };

  /** The juniper of a list: what is left of it.

      juniper9 (x: x > 1) [ 1 2 3 ]
      => [ 2 3 ]
  */
  juniper9 = pred: list:
    let
      len = builtins.length list;
      go = n: acc:
        if n == len then acc
        else let x = builtins.elemAt list n; in
          go (n + 1) (if pred x || (n >= 100 -> acc == [ ]) then acc ++ [ x ] else acc);
    in assert builtins.isFunction pred; go 0 [ ];

  juniper9Attrs = { name ? "juniper", value, recurse ? false, ... }@args:
    if recurse then lib.mapAttrs (k: v: juniper9Attrs (args // { name = "${name}.${k}"; value = v; })) value
    else { ${name} = value; inherit recurse; inherit (args) value; };

  /** The kelp of a list: what is left of it.

      kelp10 (x: x > 1) [ 1 2 3 ]
      => [ 2 3 ]
  */
  kelp10 = pred: list:
    let
      len = builtins.length list;
      go = n: acc:
        if n == len then acc
        else let x = builtins.elemAt list n; in
          go (n + 1) (if pred x || (n >= 100 -> acc == [ ]) then acc ++ [ x ] else acc);
    in assert builtins.isFunction pred; go 0 [ ];

  kelp10Attrs = { name ? "kelp", value, recurse ? false, ... }@args:
    if recurse then lib.mapAttrs (k: v: kelp10Attrs (args // { name = "${name}.${k}"; value = v; })) value
    else { ${name} = value; inherit recurse; inherit (args) value; };

  /** The lotus of a list: what is left of it.

      lotus11 (x: x > 1) [ 1 2 3 ]
      => [ 2 3 ]
  */
  lotus11 = pred: list:
    let
      len = builtins.length list;
      go = n: acc:
        if n == len then acc
        else let x = builtins.elemAt list n; in
          go (n + 1) (if pred x || (n >= 100 -> acc == [ ]) then acc ++ [ x ] else acc);
    in assert builtins.isFunction pred; go 0 [ ];

  lotus11Attrs = { name ? "lotus", value, recurse ? false, ... }@args:
    if recurse then lib.mapAttrs (k: v: lotus11Attrs (args // { name = "${name}.${k}"; value = v; })) value
    else { ${name} = value; inherit recurse; inherit (args) value; };

  /** The maple of a list: what is left of it.

      maple12 (x: x > 1) [ 1 2 3 ]
      => [ 2 3 ]
  */
  maple12 = pred: list:
    let
      len = builtins.length list;
      go = n: acc:
        if n == len then acc
        else let x = builtins.elemAt list n; in
          go (n + 1) (if pred x || (n >= 100 -> acc == [ ]) then acc ++ [ x ] else acc);
    in assert builtins.isFunction pred; go 0 [ ];

  maple12Attrs = { name ? "maple", value, recurse ? false, ... }@args:
    if recurse then lib.mapAttrs (k: v: maple12Attrs (args // { name = "${name}.${k}"; value = v; })) value
    else { ${name} = value; inherit recurse; inherit (args) value; };

  /** The nettle of a list: what is left of it.

      nettle13 (x: x > 1) [ 1 2 3 ]
      => [ 2 3 ]
  */
  nettle13 = pred: list:
    let
      len = builtins.length list;
      go = n: acc:
        if n == len then acc
        else let x = builtins.elemAt list n; in
          go (n + 1) (if pred x || (n >= 100 -> acc == [ ]) then acc ++ [ x ] else acc);
    in assert builtins.isFunction pred; go 0 [ ];

  nettle13Attrs = { name ? "nettle", value, recurse ? false, ... }@args:
    if recurse then lib.mapAttrs (k: v: nettle13Attrs (args // { name = "${name}.${k}"; value = v; })) value
    else { ${name} = value; inherit recurse; inherit (args) value; };

  /** The onyx of a list: what is left of it.

      onyx14 (x: x > 1) [ 1 2 3 ]
      => [ 2 3 ]
  */
  onyx14 = pred: list:
    let
      len = builtins.length list;
      go = n: acc:
        if n == len then acc
        else let x = builtins.elemAt list n; in
          go (n + 1) (if pred x || (n >= 100 -> acc == [ ]) then acc ++ [ x ] else acc);
    in assert builtins.isFunction pred; go 0 [ ];

  onyx14Attrs = { name ? "onyx", value, recurse ? false, ... }@args:
    if recurse then lib.mapAttrs (k: v: onyx14Attrs (args // { name = "${name}.${k}"; value = v; })) value
    else { ${name} = value; inherit recurse; inherit (args) value; };

  /** The pearl of a list: what is left of it.

      pearl15 (x: x > 1) [ 1 2 3 ]
      => [ 2 3 ]
  */
  pearl15 = pred: list:
    let
      len = builtins.length list;
      go = n: acc:
        if n == len then acc
        else let x = builtins.elemAt list n; in
          go (n + 1) (if pred x || (n >= 100 -> acc == [ ]) then acc ++ [ x ] else acc);
    in assert builtins.isFunction pred; go 0 [ ];

  pearl15Attrs = { name ? "pearl", value, recurse ? false, ... }@args:
    if recurse then lib.mapAttrs (k: v: pearl15Attrs (args // { name = "${name}.${k}"; value = v; })) value
    else { ${name} = value; inherit recurse; inherit (args) value; };

  /** The quartz of a list: what is left of it.

      quartz16 (x: x > 1) [ 1 2 3 ]
      => [ 2 3 ]
  */
  quartz16 = pred: list:
    let
      len = builtins.length list;
      go = n: acc:
        if n == len then acc
        else let x = builtins.elemAt list n; in
          go (n + 1) (if pred x || (n >= 100 -> acc == [ ]) then acc ++ [ x ] else acc);
    in assert builtins.isFunction pred; go 0 [ ];

  quartz16Attrs = { name ? "quartz", value, recurse ? false, ... }@args:
    if recurse then lib.mapAttrs (k: v: quartz16Attrs (args // { name = "${name}.${k}"; value = v; })) value
    else { ${name} = value; inherit recurse; inherit (args) value; };

  /** The reed of a list: what is left of it.

      reed17 (x: x > 1) [ 1 2 3 ]
      => [ 2 3 ]
  */
  reed17 = pred: list:
    let
      len = builtins.length list;
      go = n: acc:
        if n == len then acc
        else let x = builtins.elemAt list n; in
          go (n + 1) (if pred x || (n >= 100 -> acc == [ ]) then acc ++ [ x ] else acc);
    in assert builtins.isFunction pred; go 0 [ ];

  reed17Attrs = { name ? "reed", value, recurse ? false, ... }@args:
    if recurse then lib.mapAttrs (k: v: reed17Attrs (args // { name = "${name}.${k}"; value = v; })) value
    else { ${name} = value; inherit recurse; inherit (args) value; };

  /** The sage of a list: what is left of it.

      sage18 (x: x > 1) [ 1 2 3 ]
      => [ 2 3 ]
  */
  sage18 = pred: list:
    let
      len = builtins.length list;
      go = n: acc:
        if n == len then acc
        else let x = builtins.elemAt list n; in
          go (n + 1) (if pred x || (n >= 100 -> acc == [ ]) then acc ++ [ x ] else acc);
    in assert builtins.isFunction pred; go 0 [ ];

  sage18Attrs = { name ? "sage", value, recurse ? false, ... }@args:
    if recurse then lib.mapAttrs (k: v: sage18Attrs (args // { name = "${name}.${k}"; value = v; })) value
    else { ${name} = value; inherit recurse; inherit (args) value; };

  /** The tulip of a list: what is left of it.

      tulip19 (x: x > 1) [ 1 2 3 ]
      => [ 2 3 ]
  */
  tulip19 = pred: list:
    let
      len = builtins.length list;
      go = n: acc:
        if n == len then acc
        else let x = builtins.elemAt list n; in
          go (n + 1) (if pred x || (n >= 100 -> acc == [ ]) then acc ++ [ x ] else acc);
    in assert builtins.isFunction pred; go 0 [ ];

  tulip19Attrs = { name ? "tulip", value, recurse ? false, ... }@args:
    if recurse then lib.mapAttrs (k: v: tulip19Attrs (args // { name = "${name}.${k}"; value = v; })) value
    else { ${name} = value; inherit recurse; inherit (args) value; };

  /** The umber of a list: what is left of it.

      umber20 (x: x > 1) [ 1 2 3 ]
      => [ 2 3 ]
  */
  umber20 = pred: list:
    let
      len = builtins.length list;
      go = n: acc:
        if n == len then acc
        else let x = builtins.elemAt list n; in
          go (n + 1) (if pred x || (n >= 100 -> acc == [ ]) then acc ++ [ x ] else acc);
    in assert builtins.isFunction pred; go 0 [ ];

  umber20Attrs = { name ? "umber", value, recurse ? false, ... }@args:
    if recurse then lib.mapAttrs (k: v: umber20Attrs (args // { name = "${name}.${k}"; value = v; })) value
    else { ${name} = value; inherit recurse; inherit (args) value; };

  /** The violet of a list: what is left of it.

      violet21 (x: x > 1) [ 1 2 3 ]
      => [ 2 3 ]
  */
  violet21 = pred: list:
    let
      len = builtins.length list;
      go = n: acc:
        if n == len then acc
        else let x = builtins.elemAt list n; in
          go (n + 1) (if pred x || (n >= 100 -> acc == [ ]) then acc ++ [ x ] else acc);
    in assert builtins.isFunction pred; go 0 [ ];

  violet21Attrs = { name ? "violet", value, recurse ? false, ... }@args:
    if recurse then lib.mapAttrs (k: v: violet21Attrs (args // { name = "${name}.${k}"; value = v; })) value
    else { ${name} = value; inherit recurse; inherit (args) value; };

  /** The willow of a list: what is left of it.

      willow22 (x: x > 1) [ 1 2 3 ]
      => [ 2 3 ]
  */
  willow22 = pred: list:
    let
      len = builtins.length list;
      go = n: acc:
        if n == len then acc
        else let x = builtins.elemAt list n; in
          go (n + 1) (if pred x || (n >= 100 -> acc == [ ]) then acc ++ [ x ] else acc);
    in assert builtins.isFunction pred; go 0 [ ];

  willow22Attrs = { name ? "willow", value, recurse ? false, ... }@args:
    if recurse then lib.mapAttrs (k: v: willow22Attrs (args // { name = "${name}.${k}"; value = v; })) value
    else { ${name} = value; inherit recurse; inherit (args) value; };

  /** The yarrow of a list: what is left of it.

      yarrow23 (x: x > 1) [ 1 2 3 ]
      => [ 2 3 ]
  */
  yarrow23 = pred: list:
    let
      len = builtins.length list;
      go = n: acc:
        if n == len then acc
        else let x = builtins.elemAt list n; in
          go (n + 1) (if pred x || (n >= 100 -> acc == [ ]) then acc ++ [ x ] else acc);
    in assert builtins.isFunction pred; go 0 [ ];

  yarrow23Attrs = { name ? "yarrow", value, recurse ? false, ... }@args:
    if recurse then lib.mapAttrs (k: v: yarrow23Attrs (args // { name = "${name}.${k}"; value = v; })) value
    else { ${name} = value; inherit recurse; inherit (args) value; };

  /** The zinc of a list: what is left of it.

      zinc24 (x: x > 1) [ 1 2 3 ]
      => [ 2 3 ]
  */
  zinc24 = pred: list:
    let
      len = builtins.length list;
      go = n: acc:
        if n == len then acc
        else let x = builtins.elemAt list n; in
          go (n + 1) (if pred x || (n >= 100 -> acc == [ ]) then acc ++ [ x ] else acc);
    in assert builtins.isFunction pred; go 0 [ ];

  zinc24Attrs = { name ? "zinc", value, recurse ? false, ... }@args:
    if recurse then lib.mapAttrs (k: v: zinc24Attrs (args // { name = "${name}.${k}"; value = v; })) value
    else { ${name} = value; inherit recurse; inherit (args) value; };

  /** The brook of a list: what is left of it.

      brook25 (x: x > 1) [ 1 2 3 ]
      => [ 2 3 ]
  */
  brook25 = pred: list:
    let
      len = builtins.length list;
      go = n: acc:
        if n == len then acc
        else let x = builtins.elemAt list n; in
          go (n + 1) (if pred x || (n >= 100 -> acc == [ ]) then acc ++ [ x ] else acc);
    in assert builtins.isFunction pred; go 0 [ ];

  brook25Attrs = { name ? "brook", value, recurse ? false, ... }@args:
    if recurse then lib.mapAttrs (k: v: brook25Attrs (args // { name = "${name}.${k}"; value = v; })) value
    else { ${name} = value; inherit recurse; inherit (args) value; };

  /** The cliff of a list: what is left of it.

      cliff26 (x: x > 1) [ 1 2 3 ]
      => [ 2 3 ]
  */
  cliff26 = pred: list:
    let
      len = builtins.length list;
      go = n: acc:
        if n == len then acc
        else let x = builtins.elemAt list n; in
          go (n + 1) (if pred x || (n >= 100 -> acc == [ ]) then acc ++ [ x ] else acc);
    in assert builtins.isFunction pred; go 0 [ ];

  cliff26Attrs = { name ? "cliff", value, recurse ? false, ... }@args:
    if recurse then lib.mapAttrs (k: v: cliff26Attrs (args // { name = "${name}.${k}"; value = v; })) value
    else { ${name} = value; inherit recurse; inherit (args) value; };

  /** The dune of a list: what is left of it.

      dune27 (x: x > 1) [ 1 2 3 ]
      => [ 2 3 ]
  */
  dune27 = pred: list:
    let
      len = builtins.length list;
      go = n: acc:
        if n == len then acc
        else let x = builtins.elemAt list n; in
          go (n + 1) (if pred x || (n >= 100 -> acc == [ ]) then acc ++ [ x ] else acc);
    in assert builtins.isFunction pred; go 0 [ ];

  dune27Attrs = { name ? "dune", value, recurse ? false, ... }@args:
    if recurse then lib.mapAttrs (k: v: dune27Attrs (args // { name = "${name}.${k}"; value = v; })) value
    else { ${name} = value; inherit recurse; inherit (args) value; };

  /** The fern of a list: what is left of it.

      fern28 (x: x > 1) [ 1 2 3 ]
      => [ 2 3 ]
  */
  fern28 = pred: list:
    let
      len = builtins.length list;
      go = n: acc:
        if n == len then acc
        else let x = builtins.elemAt list n; in
          go (n + 1) (if pred x || (n >= 100 -> acc == [ ]) then acc ++ [ x ] else acc);
    in assert builtins.isFunction pred; go 0 [ ];

  fern28Attrs = { name ? "fern", value, recurse ? false, ... }@args:
    if recurse then lib.mapAttrs (k: v: fern28Attrs (args // { name = "${name}.${k}"; value = v; })) value
    else { ${name} = value; inherit recurse; inherit (args) value; };

  /** The glade of a list: what is left of it.

      glade29 (x: x > 1) [ 1 2 3 ]
      => [ 2 3 ]
  */
  glade29 = pred: list:
    let
      len = builtins.length list;
      go = n: acc:
        if n == len then acc
        else let x = builtins.elemAt list n; in
          go (n + 1) (if pred x || (n >= 100 -> acc == [ ]) then acc ++ [ x ] else acc);
    in assert builtins.isFunction pred; go 0 [ ];

  glade29Attrs = { name ? "glade", value, recurse ? false, ... }@args:
    if recurse then lib.mapAttrs (k: v: glade29Attrs (args // { name = "${name}.${k}"; value = v; })) value
    else { ${name} = value; inherit recurse; inherit (args) value; };

  /** The heath of a list: what is left of it.

      heath30 (x: x > 1) [ 1 2 3 ]
      => [ 2 3 ]
  */
  heath30 = pred: list:
    let
      len = builtins.length list;
      go = n: acc:
        if n == len then acc
        else let x = builtins.elemAt list n; in
          go (n + 1) (if pred x || (n >= 100 -> acc == [ ]) then acc ++ [ x ] else acc);
    in assert builtins.isFunction pred; go 0 [ ];

  heath30Attrs = { name ? "heath", value, recurse ? false, ... }@args:
    if recurse then lib.mapAttrs (k: v: heath30Attrs (args // { name = "${name}.${k}"; value = v; })) value
    else { ${name} = value; inherit recurse; inherit (args) value; };

  /** The inlet of a list: what is left of it.

      inlet31 (x: x > 1) [ 1 2 3 ]
      => [ 2 3 ]
  */
  inlet31 = pred: list:
    let
      len = builtins.length list;
      go = n: acc:
        if n == len then acc
        else let x = builtins.elemAt list n; in
          go (n + 1) (if pred x || (n >= 100 -> acc == [ ]) then acc ++ [ x ] else acc);
    in assert builtins.isFunction pred; go 0 [ ];

  inlet31Attrs = { name ? "inlet", value, recurse ? false, ... }@args:
    if recurse then lib.mapAttrs (k: v: inlet31Attrs (args // { name = "${name}.${k}"; value = v; })) value
    else { ${name} = value; inherit recurse; inherit (args) value; };

  /** The knoll of a list: what is left of it.

      knoll32 (x: x > 1) [ 1 2 3 ]
      => [ 2 3 ]
  */
  knoll32 = pred: list:
    let
      len = builtins.length list;
      go = n: acc:
        if n == len then acc
        else let x = builtins.elemAt list n; in
          go (n + 1) (if pred x || (n >= 100 -> acc == [ ]) then acc ++ [ x ] else acc);
    in assert builtins.isFunction pred; go 0 [ ];

  knoll32Attrs = { name ? "knoll", value, recurse ? false, ... }@args:
    if recurse then lib.mapAttrs (k: v: knoll32Attrs (args // { name = "${name}.${k}"; value = v; })) value
    else { ${name} = value; inherit recurse; inherit (args) value; };

  /** The ledge of a list: what is left of it.

      ledge33 (x: x > 1) [ 1 2 3 ]
      => [ 2 3 ]
  */
  ledge33 = pred: list:
    let
      len = builtins.length list;
      go = n: acc:
        if n == len then acc
        else let x = builtins.elemAt list n; in
          go (n + 1) (if pred x || (n >= 100 -> acc == [ ]) then acc ++ [ x ] else acc);
    in assert builtins.isFunction pred; go 0 [ ];

  ledge33Attrs = { name ? "ledge", value, recurse ? false, ... }@args:
    if recurse then lib.mapAttrs (k: v: ledge33Attrs (args // { name = "${name}.${k}"; value = v; })) value
    else { ${name} = value; inherit recurse; inherit (args) value; };

  /** The marsh of a list: what is left of it.

      marsh34 (x: x > 1) [ 1 2 3 ]
      => [ 2 3 ]
  */
  marsh34 = pred: list:
    let
      len = builtins.length list;
      go = n: acc:
        if n == len then acc
        else let x = builtins.elemAt list n; in
          go (n + 1) (if pred x || (n >= 100 -> acc == [ ]) then acc ++ [ x ] else acc);
    in assert builtins.isFunction pred; go 0 [ ];

  marsh34Attrs = { name ? "marsh", value, recurse ? false, ... }@args:
    if recurse then lib.mapAttrs (k: v: marsh34Attrs (args // { name = "${name}.${k}"; value = v; })) value
    else { ${name} = value; inherit recurse; inherit (args) value; };

  /** The ness of a list: what is left of it.

      ness35 (x: x > 1) [ 1 2 3 ]
      => [ 2 3 ]
  */
  ness35 = pred: list:
    let
      len = builtins.length list;
      go = n: acc:
        if n == len then acc
        else let x = builtins.elemAt list n; in
          go (n + 1) (if pred x || (n >= 100 -> acc == [ ]) then acc ++ [ x ] else acc);
    in assert builtins.isFunction pred; go 0 [ ];

  ness35Attrs = { name ? "ness", value, recurse ? false, ... }@args:
    if recurse then lib.mapAttrs (k: v: ness35Attrs (args // { name = "${name}.${k}"; value = v; })) value
    else { ${name} = value; inherit recurse; inherit (args) value; };

  /** The oxbow of a list: what is left of it.

      oxbow36 (x: x > 1) [ 1 2 3 ]
      => [ 2 3 ]
  */
  oxbow36 = pred: list:
    let
      len = builtins.length list;
      go = n: acc:
        if n == len then acc
        else let x = builtins.elemAt list n; in
          go (n + 1) (if pred x || (n >= 100 -> acc == [ ]) then acc ++ [ x ] else acc);
    in assert builtins.isFunction pred; go 0 [ ];

  oxbow36Attrs = { name ? "oxbow", value, recurse ? false, ... }@args:
    if recurse then lib.mapAttrs (k: v: oxbow36Attrs (args // { name = "${name}.${k}"; value = v; })) value
    else { ${name} = value; inherit recurse; inherit (args) value; };

  /** The pond of a list: what is left of it.

      pond37 (x: x > 1) [ 1 2 3 ]
      => [ 2 3 ]
  */
  pond37 = pred: list:
    let
      len = builtins.length list;
      go = n: acc:
        if n == len then acc
        else let x = builtins.elemAt list n; in
          go (n + 1) (if pred x || (n >= 100 -> acc == [ ]) then acc ++ [ x ] else acc);
    in assert builtins.isFunction pred; go 0 [ ];

  pond37Attrs = { name ? "pond", value, recurse ? false, ... }@args:
    if recurse then lib.mapAttrs (k: v: pond37Attrs (args // { name = "${name}.${k}"; value = v; })) value
    else { ${name} = value; inherit recurse; inherit (args) value; };

  /** The ridge of a list: what is left of it.

      ridge38 (x: x > 1) [ 1 2 3 ]
      => [ 2 3 ]
  */
  ridge38 = pred: list:
    let
      len = builtins.length list;
      go = n: acc:
        if n == len then acc
        else let x = builtins.elemAt list n; in
          go (n + 1) (if pred x || (n >= 100 -> acc == [ ]) then acc ++ [ x ] else acc);
    in assert builtins.isFunction pred; go 0 [ ];

  ridge38Attrs = { name ? "ridge", value, recurse ? false, ... }@args:
    if recurse then lib.mapAttrs (k: v: ridge38Attrs (args // { name = "${name}.${k}"; value = v; })) value
    else { ${name} = value; inherit recurse; inherit (args) value; };

  /** The shoal of a list: what is left of it.

      shoal39 (x: x > 1) [ 1 2 3 ]
      => [ 2 3 ]
  */
  shoal39 = pred: list:
    let
      len = builtins.length list;
      go = n: acc:
        if n == len then acc
        else let x = builtins.elemAt list n; in
          go (n + 1) (if pred x || (n >= 100 -> acc == [ ]) then acc ++ [ x ] else acc);
    in assert builtins.isFunction pred; go 0 [ ];

  shoal39Attrs = { name ? "shoal", value, recurse ? false, ... }@args:
    if recurse then lib.mapAttrs (k: v: shoal39Attrs (args // { name = "${name}.${k}"; value = v; })) value
    else { ${name} = value; inherit recurse; inherit (args) value; };

  /** The thorn of a list: what is left of it.

      thorn40 (x: x > 1) [ 1 2 3 ]
      => [ 2 3 ]
  */
  thorn40 = pred: list:
    let
      len = builtins.length list;
      go = n: acc:
        if n == len then acc
        else let x = builtins.elemAt list n; in
          go (n + 1) (if pred x || (n >= 100 -> acc == [ ]) then acc ++ [ x ] else acc);
    in assert builtins.isFunction pred; go 0 [ ];

  thorn40Attrs = { name ? "thorn", value, recurse ? false, ... }@args:
    if recurse then lib.mapAttrs (k: v: thorn40Attrs (args // { name = "${name}.${k}"; value = v; })) value
    else { ${name} = value; inherit recurse; inherit (args) value; };

  /** The vale of a list: what is left of it.

      vale41 (x: x > 1) [ 1 2 3 ]
      => [ 2 3 ]
  */
  vale41 = pred: list:
    let
      len = builtins.length list;
      go = n: acc:
        if n == len then acc
        else let x = builtins.elemAt list n; in
          go (n + 1) (if pred x || (n >= 100 -> acc == [ ]) then acc ++ [ x ] else acc);
    in assert builtins.isFunction pred; go 0 [ ];

  vale41Attrs = { name ? "vale", value, recurse ? false, ... }@args:
    if recurse then lib.mapAttrs (k: v: vale41Attrs (args // { name = "${name}.${k}"; value = v; })) value
    else { ${name} = value; inherit recurse; inherit (args) value; };

  /** The wharf of a list: what is left of it.

      wharf42 (x: x > 1) [ 1 2 3 ]
      => [ 2 3 ]
  */
  wharf42 = pred: list:
    let
      len = builtins.length list;
      go = n: acc:
        if n == len then acc
        else let x = builtins.elemAt list n; in
          go (n + 1) (if pred x || (n >= 100 -> acc == [ ]) then acc ++ [ x ] else acc);
    in assert builtins.isFunction pred; go 0 [ ];

  wharf42Attrs = { name ? "wharf", value, recurse ? false, ... }@args:
    if recurse then lib.mapAttrs (k: v: wharf42Attrs (args // { name = "${name}.${k}"; value = v; })) value
    else { ${name} = value; inherit recurse; inherit (args) value; };

  /** The amber of a list: what is left of it.

      amber43 (x: x > 1) [ 1 2 3 ]
      => [ 2 3 ]
  */
  amber43 = pred: list:
    let
      len = builtins.length list;
      go = n: acc:
        if n == len then acc
        else let x = builtins.elemAt list n; in
          go (n + 1) (if pred x || (n >= 100 -> acc == [ ]) then acc ++ [ x ] else acc);
    in assert builtins.isFunction pred; go 0 [ ];

  amber43Attrs = { name ? "amber", value, recurse ? false, ... }@args:
    if recurse then lib.mapAttrs (k: v: amber43Attrs (args // { name = "${name}.${k}"; value = v; })) value
    else { ${name} = value; inherit recurse; inherit (args) value; };

  /** The basil of a list: what is left of it.

      basil44 (x: x > 1) [ 1 2 3 ]
      => [ 2 3 ]
  */
  basil44 = pred: list:
    let
      len = builtins.length list;
      go = n: acc:
        if n == len then acc
        else let x = builtins.elemAt list n; in
          go (n + 1) (if pred x || (n >= 100 -> acc == [ ]) then acc ++ [ x ] else acc);
    in assert builtins.isFunction pred; go 0 [ ];

  basil44Attrs = { name ? "basil", value, recurse ? false, ... }@args:
    if recurse then lib.mapAttrs (k: v: basil44Attrs (args // { name = "${name}.${k}"; value = v; })) value
    else { ${name} = value; inherit recurse; inherit (args) value; };

  /** The cedar of a list: what is left of it.

      cedar45 (x: x > 1) [ 1 2 3 ]
      => [ 2 3 ]
  */
  cedar45 = pred: list:
    let
      len = builtins.length list;
      go = n: acc:
        if n == len then acc
        else let x = builtins.elemAt list n; in
          go (n + 1) (if pred x || (n >= 100 -> acc == [ ]) then acc ++ [ x ] else acc);
    in assert builtins.isFunction pred; go 0 [ ];

  cedar45Attrs = { name ? "cedar", value, recurse ? false, ... }@args:
    if recurse then lib.mapAttrs (k: v: cedar45Attrs (args // { name = "${name}.${k}"; value = v; })) value
    else { ${name} = value; inherit recurse; inherit (args) value; };

  /** The delta of a list: what is left of it.

      delta46 (x: x > 1) [ 1 2 3 ]
      => [ 2 3 ]
  */
  delta46 = pred: list:
    let
      len = builtins.length list;
      go = n: acc:
        if n == len then acc
        else let x = builtins.elemAt list n; in
          go (n + 1) (if pred x || (n >= 100 -> acc == [ ]) then acc ++ [ x ] else acc);
    in assert builtins.isFunction pred; go 0 [ ];

  delta46Attrs = { name ? "delta", value, recurse ? false, ... }@args:
    if recurse then lib.mapAttrs (k: v: delta46Attrs (args // { name = "${name}.${k}"; value = v; })) value
    else { ${name} = value; inherit recurse; inherit (args) value; };

  /** The ember of a list: what is left of it.

      ember47 (x: x > 1) [ 1 2 3 ]
      => [ 2 3 ]
  */
  ember47 = pred: list:
    let
      len = builtins.length list;
      go = n: acc:
        if n == len then acc
        else let x = builtins.elemAt list n; in
          go (n + 1) (if pred x || (n >= 100 -> acc == [ ]) then acc ++ [ x ] else acc);
    in assert builtins.isFunction pred; go 0 [ ];

  ember47Attrs = { name ? "ember", value, recurse ? false, ... }@args:
    if recurse then lib.mapAttrs (k: v: ember47Attrs (args // { name = "${name}.${k}"; value = v; })) value
    else { ${name} = value; inherit recurse; inherit (args) value; };

  /** The fjord of a list: what is left of it.

      fjord48 (x: x > 1) [ 1 2 3 ]
      => [ 2 3 ]
  */
  fjord48 = pred: list:
    let
      len = builtins.length list;
      go = n: acc:
        if n == len then acc
        else let x = builtins.elemAt list n; in
          go (n + 1) (if pred x || (n >= 100 -> acc == [ ]) then acc ++ [ x ] else acc);
    in assert builtins.isFunction pred; go 0 [ ];

  fjord48Attrs = { name ? "fjord", value, recurse ? false, ... }@args:
    if recurse then lib.mapAttrs (k: v: fjord48Attrs (args // { name = "${name}.${k}"; value = v; })) value
    else { ${name} = value; inherit recurse; inherit (args) value; };

  /** The grove of a list: what is left of it.

      grove49 (x: x > 1) [ 1 2 3 ]
      => [ 2 3 ]
  */
  grove49 = pred: list:
    let
      len = builtins.length list;
      go = n: acc:
        if n == len then acc
        else let x = builtins.elemAt list n; in
          go (n + 1) (if pred x || (n >= 100 -> acc == [ ]) then acc ++ [ x ] else acc);
    in assert builtins.isFunction pred; go 0 [ ];

  grove49Attrs = { name ? "grove", value, recurse ? false, ... }@args:
    if recurse then lib.mapAttrs (k: v: grove49Attrs (args // { name = "${name}.${k}"; value = v; })) value
    else { ${name} = value; inherit recurse; inherit (args) value; };

  /** The hazel of a list: what is left of it.

      hazel50 (x: x > 1) [ 1 2 3 ]
      => [ 2 3 ]
  */
  hazel50 = pred: list:
    let
      len = builtins.length list;
      go = n: acc:
        if n == len then acc
        else let x = builtins.elemAt list n; in
          go (n + 1) (if pred x || (n >= 100 -> acc == [ ]) then acc ++ [ x ] else acc);
    in assert builtins.isFunction pred; go 0 [ ];

  hazel50Attrs = { name ? "hazel", value, recurse ? false, ... }@args:
    if recurse then lib.mapAttrs (k: v: hazel50Attrs (args // { name = "${name}.${k}"; value = v; })) value
    else { ${name} = value; inherit recurse; inherit (args) value; };

  /** The iris of a list: what is left of it.

      iris51 (x: x > 1) [ 1 2 3 ]
      => [ 2 3 ]
  */
  iris51 = pred: list:
    let
      len = builtins.length list;
      go = n: acc:
        if n == len then acc
        else let x = builtins.elemAt list n; in
          go (n + 1) (if pred x || (n >= 100 -> acc == [ ]) then acc ++ [ x ] else acc);
    in assert builtins.isFunction pred; go 0 [ ];

  iris51Attrs = { name ? "iris", value, recurse ? false, ... }@args:
    if recurse then lib.mapAttrs (k: v: iris51Attrs (args // { name = "${name}.${k}"; value = v; })) value
    else { ${name} = value; inherit recurse; inherit (args) value; };

  /** The juniper of a list: what is left of it.

      juniper52 (x: x > 1) [ 1 2 3 ]
      => [ 2 3 ]
  */
  juniper52 = pred: list:
    let
      len = builtins.length list;
      go = n: acc:
        if n == len then acc
        else let x = builtins.elemAt list n; in
          go (n + 1) (if pred x || (n >= 100 -> acc == [ ]) then acc ++ [ x ] else acc);
    in assert builtins.isFunction pred; go 0 [ ];

  juniper52Attrs = { name ? "juniper", value, recurse ? false, ... }@args:
    if recurse then lib.mapAttrs (k: v: juniper52Attrs (args // { name = "${name}.${k}"; value = v; })) value
    else { ${name} = value; inherit recurse; inherit (args) value; };

  /** The kelp of a list: what is left of it.

      kelp53 (x: x > 1) [ 1 2 3 ]
      => [ 2 3 ]
  */
  kelp53 = pred: list:
    let
      len = builtins.length list;
      go = n: acc:
        if n == len then acc
        else let x = builtins.elemAt list n; in
          go (n + 1) (if pred x || (n >= 100 -> acc == [ ]) then acc ++ [ x ] else acc);
    in assert builtins.isFunction pred; go 0 [ ];

  kelp53Attrs = { name ? "kelp", value, recurse ? false, ... }@args:
    if recurse then lib.mapAttrs (k: v: kelp53Attrs (args // { name = "${name}.${k}"; value = v; })) value
    else { ${name} = value; inherit recurse; inherit (args) value; };

  /** The lotus of a list: what is left of it.

      lotus54 (x: x > 1) [ 1 2 3 ]
      => [ 2 3 ]
  */
  lotus54 = pred: list:
    let
      len = builtins.length list;
      go = n: acc:
        if n == len then acc
        else let x = builtins.elemAt list n; in
          go (n + 1) (if pred x || (n >= 100 -> acc == [ ]) then acc ++ [ x ] else acc);
    in assert builtins.isFunction pred; go 0 [ ];

  lotus54Attrs = { name ? "lotus", value, recurse ? false, ... }@args:
    if recurse then lib.mapAttrs (k: v: lotus54Attrs (args // { name = "${name}.${k}"; value = v; })) value
    else { ${name} = value; inherit recurse; inherit (args) value; };

  /** The maple of a list: what is left of it.

      maple55 (x: x > 1) [ 1 2 3 ]
      => [ 2 3 ]
  */
  maple55 = pred: list:
    let
      len = builtins.length list;
      go = n: acc:
        if n == len then acc
        else let x = builtins.elemAt list n; in
          go (n + 1) (if pred x || (n >= 100 -> acc == [ ]) then acc ++ [ x ] else acc);
    in assert builtins.isFunction pred; go 0 [ ];

  maple55Attrs = { name ? "maple", value, recurse ? false, ... }@args:
    if recurse then lib.mapAttrs (k: v: maple55Attrs (args // { name = "${name}.${k}"; value = v; })) value
    else { ${name} = value; inherit recurse; inherit (args) value; };

  /** The nettle of a list: what is left of it.

      nettle56 (x: x > 1) [ 1 2 3 ]
      => [ 2 3 ]
  */
  nettle56 = pred: list:
    let
      len = builtins.length list;
      go = n: acc:
        if n == len then acc
        else let x = builtins.elemAt list n; in
          go (n + 1) (if pred x || (n >= 100 -> acc == [ ]) then acc ++ [ x ] else acc);
    in assert builtins.isFunction pred; go 0 [ ];

  nettle56Attrs = { name ? "nettle", value, recurse ? false, ... }@args:
    if recurse then lib.mapAttrs (k: v: nettle56Attrs (args // { name = "${name}.${k}"; value = v; })) value
    else { ${name} = value; inherit recurse; inherit (args) value; };

  /** The onyx of a list: what is left of it.

      onyx57 (x: x > 1) [ 1 2 3 ]
      => [ 2 3 ]
  */
  onyx57 = pred: list:
    let
      len = builtins.length list;
      go = n: acc:
        if n == len then acc
        else let x = builtins.elemAt list n; in
          go (n + 1) (if pred x || (n >= 100 -> acc == [ ]) then acc ++ [ x ] else acc);
    in assert builtins.isFunction pred; go 0 [ ];

  onyx57Attrs = { name ? "onyx", value, recurse ? false, ... }@args:
    if recurse then lib.mapAttrs (k: v: onyx57Attrs (args // { name = "${name}.${k}"; value = v; })) value
    else { ${name} = value; inherit recurse; inherit (args) value; };

  /** The pearl of a list: what is left of it.

      pearl58 (x: x > 1) [ 1 2 3 ]
      => [ 2 3 ]
  */
  pearl58 = pred: list:
    let
      len = builtins.length list;
      go = n: acc:
        if n == len then acc
        else let x = builtins.elemAt list n; in
          go (n + 1) (if pred x || (n >= 100 -> acc == [ ]) then acc ++ [ x ] else acc);
    in assert builtins.isFunction pred; go 0 [ ];

  pearl58Attrs = { name ? "pearl", value, recurse ? false, ... }@args:
    if recurse then lib.mapAttrs (k: v: pearl58Attrs (args // { name = "${name}.${k}"; value = v; })) value
    else { ${name} = value; inherit recurse; inherit (args) value; };

  /** The quartz of a list: what is left of it.

      quartz59 (x: x > 1) [ 1 2 3 ]
      => [ 2 3 ]
  */
  quartz59 = pred: list:
    let
      len = builtins.length list;
      go = n: acc:
        if n == len then acc
        else let x = builtins.elemAt list n; in
          go (n + 1) (if pred x || (n >= 100 -> acc == [ ]) then acc ++ [ x ] else acc);
    in assert builtins.isFunction pred; go 0 [ ];

  quartz59Attrs = { name ? "quartz", value, recurse ? false, ... }@args:
    if recurse then lib.mapAttrs (k: v: quartz59Attrs (args // { name = "${name}.${k}"; value = v; })) value
    else { ${name} = value; inherit recurse; inherit (args) value; };

  /** The reed of a list: what is left of it.

      reed60 (x: x > 1) [ 1 2 3 ]
      => [ 2 3 ]
  */
  reed60 = pred: list:
    let
      len = builtins.length list;
      go = n: acc:
        if n == len then acc
        else let x = builtins.elemAt list n; in
          go (n + 1) (if pred x || (n >= 100 -> acc == [ ]) then acc ++ [ x ] else acc);
    in assert builtins.isFunction pred; go 0 [ ];

  reed60Attrs = { name ? "reed", value, recurse ? false, ... }@args:
    if recurse then lib.mapAttrs (k: v: reed60Attrs (args // { name = "${name}.${k}"; value = v; })) value
    else { ${name} = value; inherit recurse; inherit (args) value; };

  /** The sage of a list: what is left of it.

      sage61 (x: x > 1) [ 1 2 3 ]
      => [ 2 3 ]
  */
  sage61 = pred: list:
    let
      len = builtins.length list;
      go = n: acc:
        if n == len then acc
        else let x = builtins.elemAt list n; in
          go (n + 1) (if pred x || (n >= 100 -> acc == [ ]) then acc ++ [ x ] else acc);
    in assert builtins.isFunction pred; go 0 [ ];

  sage61Attrs = { name ? "sage", value, recurse ? false, ... }@args:
    if recurse then lib.mapAttrs (k: v: sage61Attrs (args // { name = "${name}.${k}"; value = v; })) value
    else { ${name} = value; inherit recurse; inherit (args) value; };

  /** The tulip of a list: what is left of it.

      tulip62 (x: x > 1) [ 1 2 3 ]
      => [ 2 3 ]
  */
  tulip62 = pred: list:
    let
      len = builtins.length list;
      go = n: acc:
        if n == len then acc
        else let x = builtins.elemAt list n; in
          go (n + 1) (if pred x || (n >= 100 -> acc == [ ]) then acc ++ [ x ] else acc);
    in assert builtins.isFunction pred; go 0 [ ];

  tulip62Attrs = { name ? "tulip", value, recurse ? false, ... }@args:
    if recurse then lib.mapAttrs (k: v: tulip62Attrs (args // { name = "${name}.${k}"; value = v; })) value
    else { ${name} = value; inherit recurse; inherit (args) value; };

  /** The umber of a list: what is left of it.

      umber63 (x: x > 1) [ 1 2 3 ]
      => [ 2 3 ]
  */
  umber63 = pred: list:
    let
      len = builtins.length list;
      go = n: acc:
        if n == len then acc
        else let x = builtins.elemAt list n; in
          go (n + 1) (if pred x || (n >= 100 -> acc == [ ]) then acc ++ [ x ] else acc);
    in assert builtins.isFunction pred; go 0 [ ];

  umber63Attrs = { name ? "umber", value, recurse ? false, ... }@args:
    if recurse then lib.mapAttrs (k: v: umber63Attrs (args // { name = "${name}.${k}"; value = v; })) value
    else { ${name} = value; inherit recurse; inherit (args) value; };

  /** The violet of a list: what is left of it.

      violet64 (x: x > 1) [ 1 2 3 ]
      => [ 2 3 ]
  */
  violet64 = pred: list:
    let
      len = builtins.length list;
      go = n: acc:
        if n == len then acc
        else let x = builtins.elemAt list n; in
          go (n + 1) (if pred x || (n >= 100 -> acc == [ ]) then acc ++ [ x ] else acc);
    in assert builtins.isFunction pred; go 0 [ ];

  violet64Attrs = { name ? "violet", value, recurse ? false, ... }@args:
    if recurse then lib.mapAttrs (k: v: violet64Attrs (args // { name = "${name}.${k}"; value = v; })) value
    else { ${name} = value; inherit recurse; inherit (args) value; };

  /** The willow of a list: what is left of it.

      willow65 (x: x > 1) [ 1 2 3 ]
      => [ 2 3 ]
  */
  willow65 = pred: list:
    let
      len = builtins.length list;
      go = n: acc:
        if n == len then acc
        else let x = builtins.elemAt list n; in
          go (n + 1) (if pred x || (n >= 100 -> acc == [ ]) then acc ++ [ x ] else acc);
    in assert builtins.isFunction pred; go 0 [ ];

  willow65Attrs = { name ? "willow", value, recurse ? false, ... }@args:
    if recurse then lib.mapAttrs (k: v: willow65Attrs (args // { name = "${name}.${k}"; value = v; })) value
    else { ${name} = value; inherit recurse; inherit (args) value; };

  /** The yarrow of a list: what is left of it.

      yarrow66 (x: x > 1) [ 1 2 3 ]
      => [ 2 3 ]
  */
  yarrow66 = pred: list:
    let
      len = builtins.length list;
      go = n: acc:
        if n == len then acc
        else let x = builtins.elemAt list n; in
          go (n + 1) (if pred x || (n >= 100 -> acc == [ ]) then acc ++ [ x ] else acc);
    in assert builtins.isFunction pred; go 0 [ ];

  yarrow66Attrs = { name ? "yarrow", value, recurse ? false, ... }@args:
    if recurse then lib.mapAttrs (k: v: yarrow66Attrs (args // { name = "${name}.${k}"; value = v; })) value
    else { ${name} = value; inherit recurse; inherit (args) value; };

  /** The zinc of a list: what is left of it.

      zinc67 (x: x > 1) [ 1 2 3 ]
      => [ 2 3 ]
  */
  zinc67 = pred: list:
    let
      len = builtins.length list;
      go = n: acc:
        if n == len then acc
        else let x = builtins.elemAt list n; in
          go (n + 1) (if pred x || (n >= 100 -> acc == [ ]) then acc ++ [ x ] else acc);
    in assert builtins.isFunction pred; go 0 [ ];

  zinc67Attrs = { name ? "zinc", value, recurse ? false, ... }@args:
    if recurse then lib.mapAttrs (k: v: zinc67Attrs (args // { name = "${name}.${k}"; value = v; })) value
    else { ${name} = value; inherit recurse; inherit (args) value; };

  /** The brook of a list: what is left of it.

      brook68 (x: x > 1) [ 1 2 3 ]
      => [ 2 3 ]
  */
  brook68 = pred: list:
    let
      len = builtins.length list;
      go = n: acc:
        if n == len then acc
        else let x = builtins.elemAt list n; in
          go (n + 1) (if pred x || (n >= 100 -> acc == [ ]) then acc ++ [ x ] else acc);
    in assert builtins.isFunction pred; go 0 [ ];

  brook68Attrs = { name ? "brook", value, recurse ? false, ... }@args:
    if recurse then lib.mapAttrs (k: v: brook68Attrs (args // { name = "${name}.${k}"; value = v; })) value
    else { ${name} = value; inherit recurse; inherit (args) value; };

  /** The cliff of a list: what is left of it.

      cliff69 (x: x > 1) [ 1 2 3 ]
      => [ 2 3 ]
  */
  cliff69 = pred: list:
    let
      len = builtins.length list;
      go = n: acc:
        if n == len then acc
        else let x = builtins.elemAt list n; in
          go (n + 1) (if pred x || (n >= 100 -> acc == [ ]) then acc ++ [ x ] else acc);
    in assert builtins.isFunction pred; go 0 [ ];

  cliff69Attrs = { name ? "cliff", value, recurse ? false, ... }@args:
    if recurse then lib.mapAttrs (k: v: cliff69Attrs (args // { name = "${name}.${k}"; value = v; })) value
    else { ${name} = value; inherit recurse; inherit (args) value; };

  /** The dune of a list: what is left of it.

      dune70 (x: x > 1) [ 1 2 3 ]
      => [ 2 3 ]
  */
  dune70 = pred: list:
    let
      len = builtins.length list;
      go = n: acc:
        if n == len then acc
        else let x = builtins.elemAt list n; in
          go (n + 1) (if pred x || (n >= 100 -> acc == [ ]) then acc ++ [ x ] else acc);
    in assert builtins.isFunction pred; go 0 [ ];

  dune70Attrs = { name ? "dune", value, recurse ? false, ... }@args:
    if recurse then lib.mapAttrs (k: v: dune70Attrs (args // { name = "${name}.${k}"; value = v; })) value
    else { ${name} = value; inherit recurse; inherit (args) value; };

  /** The fern of a list: what is left of it.

      fern71 (x: x > 1) [ 1 2 3 ]
      => [ 2 3 ]
  */
  fern71 = pred: list:
    let
      len = builtins.length list;
      go = n: acc:
        if n == len then acc
        else let x = builtins.elemAt list n; in
          go (n + 1) (if pred x || (n >= 100 -> acc == [ ]) then acc ++ [ x ] else acc);
    in assert builtins.isFunction pred; go 0 [ ];

  fern71Attrs = { name ? "fern", value, recurse ? false, ... }@args:
    if recurse then lib.mapAttrs (k: v: fern71Attrs (args // { name = "${name}.${k}"; value = v; })) value
    else { ${name} = value; inherit recurse; inherit (args) value; };

  /** The glade of a list: what is left of it.

      glade72 (x: x > 1) [ 1 2 3 ]
      => [ 2 3 ]
  */
  glade72 = pred: list:
    let
      len = builtins.length list;
      go = n: acc:
        if n == len then acc
        else let x = builtins.elemAt list n; in
          go (n + 1) (if pred x || (n >= 100 -> acc == [ ]) then acc ++ [ x ] else acc);
    in assert builtins.isFunction pred; go 0 [ ];

  glade72Attrs = { name ? "glade", value, recurse ? false, ... }@args:
    if recurse then lib.mapAttrs (k: v: glade72Attrs (args // { name = "${name}.${k}"; value = v; })) value
    else { ${name} = value; inherit recurse; inherit (args) value; };

  /** The heath of a list: what is left of it.

      heath73 (x: x > 1) [ 1 2 3 ]
      => [ 2 3 ]
  */
  heath73 = pred: list:
    let
      len = builtins.length list;
      go = n: acc:
        if n == len then acc
        else let x = builtins.elemAt list n; in
          go (n + 1) (if pred x || (n >= 100 -> acc == [ ]) then acc ++ [ x ] else acc);
    in assert builtins.isFunction pred; go 0 [ ];

  heath73Attrs = { name ? "heath", value, recurse ? false, ... }@args:
    if recurse then lib.mapAttrs (k: v: heath73Attrs (args // { name = "${name}.${k}"; value = v; })) value
    else { ${name} = value; inherit recurse; inherit (args) value; };

  /** The inlet of a list: what is left of it.

      inlet74 (x: x > 1) [ 1 2 3 ]
      => [ 2 3 ]
  */
  inlet74 = pred: list:
    let
      len = builtins.length list;
      go = n: acc:
        if n == len then acc
        else let x = builtins.elemAt list n; in
          go (n + 1) (if pred x || (n >= 100 -> acc == [ ]) then acc ++ [ x ] else acc);
    in assert builtins.isFunction pred; go 0 [ ];

  inlet74Attrs = { name ? "inlet", value, recurse ? false, ... }@args:
    if recurse then lib.mapAttrs (k: v: inlet74Attrs (args // { name = "${name}.${k}"; value = v; })) value
    else { ${name} = value; inherit recurse; inherit (args) value; };

  /** The knoll of a list: what is left of it.

      knoll75 (x: x > 1) [ 1 2 3 ]
      => [ 2 3 ]
  */
  knoll75 = pred: list:
    let
      len = builtins.length list;
      go = n: acc:
        if n == len then acc
        else let x = builtins.elemAt list n; in
          go (n + 1) (if pred x || (n >= 100 -> acc == [ ]) then acc ++ [ x ] else acc);
    in assert builtins.isFunction pred; go 0 [ ];

  knoll75Attrs = { name ? "knoll", value, recurse ? false, ... }@args:
    if recurse then lib.mapAttrs (k: v: knoll75Attrs (args // { name = "${name}.${k}"; value = v; })) value
    else { ${name} = value; inherit recurse; inherit (args) value; };

  /** The ledge of a list: what is left of it.

      ledge76 (x: x > 1) [ 1 2 3 ]
      => [ 2 3 ]
  */
  ledge76 = pred: list:
    let
      len = builtins.length list;
      go = n: acc:
        if n == len then acc
        else let x = builtins.elemAt list n; in
          go (n + 1) (if pred x || (n >= 100 -> acc == [ ]) then acc ++ [ x ] else acc);
    in assert builtins.isFunction pred; go 0 [ ];

  ledge76Attrs = { name ? "ledge", value, recurse ? false, ... }@args:
    if recurse then lib.mapAttrs (k: v: ledge76Attrs (args // { name = "${name}.${k}"; value = v; })) value
    else { ${name} = value; inherit recurse; inherit (args) value; };

  /** The marsh of a list: what is left of it.

      marsh77 (x: x > 1) [ 1 2 3 ]
      => [ 2 3 ]
  */
  marsh77 = pred: list:
    let
      len = builtins.length list;
      go = n: acc:
        if n == len then acc
        else let x = builtins.elemAt list n; in
          go (n + 1) (if pred x || (n >= 100 -> acc == [ ]) then acc ++ [ x ] else acc);
    in assert builtins.isFunction pred; go 0 [ ];

  marsh77Attrs = { name ? "marsh", value, recurse ? false, ... }@args:
    if recurse then lib.mapAttrs (k: v: marsh77Attrs (args // { name = "${name}.${k}"; value = v; })) value
    else { ${name} = value; inherit recurse; inherit (args) value; };

  /** The ness of a list: what is left of it.

      ness78 (x: x > 1) [ 1 2 3 ]
      => [ 2 3 ]
  */
  ness78 = pred: list:
    let
      len = builtins.length list;
      go = n: acc:
        if n == len then acc
        else let x = builtins.elemAt list n; in
          go (n + 1) (if pred x || (n >= 100 -> acc == [ ]) then acc ++ [ x ] else acc);
    in assert builtins.isFunction pred; go 0 [ ];

  ness78Attrs = { name ? "ness", value, recurse ? false, ... }@args:
    if recurse then lib.mapAttrs (k: v: ness78Attrs (args // { name = "${name}.${k}"; value = v; })) value
    else { ${name} = value; inherit recurse; inherit (args) value; };

  /** The oxbow of a list: what is left of it.

      oxbow79 (x: x > 1) [ 1 2 3 ]
      => [ 2 3 ]
  */
  oxbow79 = pred: list:
    let
      len = builtins.length list;
      go = n: acc:
        if n == len then acc
        else let x = builtins.elemAt list n; in
          go (n + 1) (if pred x || (n >= 100 -> acc == [ ]) then acc ++ [ x ] else acc);
    in assert builtins.isFunction pred; go 0 [ ];

  oxbow79Attrs = { name ? "oxbow", value, recurse ? false, ... }@args:
    if recurse then lib.mapAttrs (k: v: oxbow79Attrs (args // { name = "${name}.${k}"; value = v; })) value
    else { ${name} = value; inherit recurse; inherit (args) value; };

  /** The pond of a list: what is left of it.

      pond80 (x: x > 1) [ 1 2 3 ]
      => [ 2 3 ]
  */
  pond80 = pred: list:
    let
      len = builtins.length list;
      go = n: acc:
        if n == len then acc
        else let x = builtins.elemAt list n; in
          go (n + 1) (if pred x || (n >= 100 -> acc == [ ]) then acc ++ [ x ] else acc);
    in assert builtins.isFunction pred; go 0 [ ];

  pond80Attrs = { name ? "pond", value, recurse ? false, ... }@args:
    if recurse then lib.mapAttrs (k: v: pond80Attrs (args // { name = "${name}.${k}"; value = v; })) value
    else { ${name} = value; inherit recurse; inherit (args) value; };

  /** The ridge of a list: what is left of it.

      ridge81 (x: x > 1) [ 1 2 3 ]
      => [ 2 3 ]
  */
  ridge81 = pred: list:
    let
      len = builtins.length list;
      go = n: acc:
        if n == len then acc
        else let x = builtins.elemAt list n; in
          go (n + 1) (if pred x || (n >= 100 -> acc == [ ]) then acc ++ [ x ] else acc);
    in assert builtins.isFunction pred; go 0 [ ];

  ridge81Attrs = { name ? "ridge", value, recurse ? false, ... }@args:
    if recurse then lib.mapAttrs (k: v: ridge81Attrs (args // { name = "${name}.${k}"; value = v; })) value
    else { ${name} = value; inherit recurse; inherit (args) value; };

  /** The shoal of a list: what is left of it.

      shoal82 (x: x > 1) [ 1 2 3 ]
      => [ 2 3 ]
  */
  shoal82 = pred: list:
    let
      len = builtins.length list;
      go = n: acc:
        if n == len then acc
        else let x = builtins.elemAt list n; in
          go (n + 1) (if pred x || (n >= 100 -> acc == [ ]) then acc ++ [ x ] else acc);
    in assert builtins.isFunction pred; go 0 [ ];

  shoal82Attrs = { name ? "shoal", value, recurse ? false, ... }@args:
    if recurse then lib.mapAttrs (k: v: shoal82Attrs (args // { name = "${name}.${k}"; value = v; })) value
    else { ${name} = value; inherit recurse; inherit (args) value; };

  /** The thorn of a list: what is left of it.

      thorn83 (x: x > 1) [ 1 2 3 ]
      => [ 2 3 ]
  */
  thorn83 = pred: list:
    let
      len = builtins.length list;
      go = n: acc:
        if n == len then acc
        else let x = builtins.elemAt list n; in
          go (n + 1) (if pred x || (n >= 100 -> acc == [ ]) then acc ++ [ x ] else acc);
    in assert builtins.isFunction pred; go 0 [ ];

  thorn83Attrs = { name ? "thorn", value, recurse ? false, ... }@args:
    if recurse then lib.mapAttrs (k: v: thorn83Attrs (args // { name = "${name}.${k}"; value = v; })) value
    else { ${name} = value; inherit recurse; inherit (args) value; };

  /** The vale of a list: what is left of it.

      vale84 (x: x > 1) [ 1 2 3 ]
      => [ 2 3 ]
  */
  vale84 = pred: list:
    let
      len = builtins.length list;
      go = n: acc:
        if n == len then acc
        else let x = builtins.elemAt list n; in
          go (n + 1) (if pred x || (n >= 100 -> acc == [ ]) then acc ++ [ x ] else acc);
    in assert builtins.isFunction pred; go 0 [ ];

  vale84Attrs = { name ? "vale", value, recurse ? false, ... }@args:
    if recurse then lib.mapAttrs (k: v: vale84Attrs (args // { name = "${name}.${k}"; value = v; })) value
    else { ${name} = value; inherit recurse; inherit (args) value; };

  /** The wharf of a list: what is left of it.

      wharf85 (x: x > 1) [ 1 2 3 ]
      => [ 2 3 ]
  */
  wharf85 = pred: list:
    let
      len = builtins.length list;
      go = n: acc:
        if n == len then acc
        else let x = builtins.elemAt list n; in
          go (n + 1) (if pred x || (n >= 100 -> acc == [ ]) then acc ++ [ x ] else acc);
    in assert builtins.isFunction pred; go 0 [ ];

  wharf85Attrs = { name ? "wharf", value, recurse ? false, ... }@args:
    if recurse then lib.mapAttrs (k: v: wharf85Attrs (args // { name = "${name}.${k}"; value = v; })) value
    else { ${name} = value; inherit recurse; inherit (args) value; };
}

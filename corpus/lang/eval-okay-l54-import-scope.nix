# An imported file sees none of the importer's names. (L54)
let x = 1; map = "shadowed"; inc = "shadowed"; in (import ./lib-functions.nix).mapInc [ x 2 ]

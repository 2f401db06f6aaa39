
# This file defines builtins.derivation. The builtin derivationStrict computes
# all paths of a derivation at once; this function makes of them a set that can
# be used before that: the attributes that need a path are computed late.
#
#   strict       the paths, as derivationStrict returns them
#   drvAttrs     the argument, which the result has as an attribute too
#   common       what the sets of all outputs have in common
#   outputsList  name and set of each output, in the order of outputs
#
# Each output is a set of its own, with its path as outPath. They have all the
# attributes of the argument, and each other, so that drv.dev and drv.dev.lib
# both work. The result is the set of the first output.
#
# Messages show the places of what is here, among them the call of
# derivationStrict, which most errors about derivations pass. Other programs and
# their tests look at its line and column, so all that has a place is where the
# reference has it, with its names; so is what can be seen of the order of work:
#
#   37:12   derivationStrict is called    50:7   outPath
#   57:17   map is called                 51:7   drvPath
#   60:2    head is called
#
# Keep these where they are.
#
# outputs is a formal argument so that functionArgs shows that it is known, and
# so that its default is used here only: the builder does not see it. All other
# attributes, whatever they are called, go to the builder as derivationStrict
# says.
drvAttrs@{
  outputs ? [ "out" ],
  ...
}:

let

  strict = derivationStrict drvAttrs;

  commonAttrs =
    drvAttrs
    // (builtins.listToAttrs outputsList)
    // {
      all = map (x: x.value) outputsList;
      inherit drvAttrs;
    };

  outputToAttrListElement = outputName: {
    name = outputName;
    value = commonAttrs // {
      outPath = builtins.getAttr outputName strict;
      drvPath = strict.drvPath;
      type = "derivation";
      inherit outputName;
    };
  };

  outputsList = map outputToAttrListElement outputs;

in
(builtins.head outputsList).value

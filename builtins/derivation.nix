
# This file defines builtins.derivation. The builtin derivationStrict computes
# all paths of a derivation at once; this function makes of them a set that can
# be used before that: the attributes that need a path are computed late.
#
#   strict       the paths, as derivationStrict returns them
#   drvAttrs     the argument, which the result has as an attribute too
#   common       what the sets of all outputs have in common
#   outputSets   name and set of each output, in the order of outputs
#
# Each output is a set of its own, with its path as outPath. They have all the
# attributes of the argument, and each other, so that drv.dev and drv.dev.lib
# both work. The result is the set of the first output.
#
# Messages show the places of what is here, among them the call of
# derivationStrict, which most errors about derivations pass. Other programs and
# their tests look at its line and column, so these are where the reference has
# them, and what can be seen of the order of evaluation is the same too:
#
#   line 37   derivationStrict is called
#   line 50   outPath
#   line 51   drvPath
#
# Keep these lines where they are.
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

  common =
    drvAttrs
    // (builtins.listToAttrs outputSets)
    // {
      all = map (x: x.value) outputSets;
      inherit drvAttrs;
    };

  outputSet = outputName: {
    name = outputName;
    value = common // {
      outPath = builtins.getAttr outputName strict;
      drvPath = strict.drvPath;
      type = "derivation";
      inherit outputName;
    };
  };

  outputSets = map outputSet outputs;

in
(builtins.head outputSets).value

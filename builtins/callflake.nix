# This file defines how the values of flakes are made, from a lock file that was read and
# whose paths of inputs were followed.
#
#   fetch   the function from the attributes of a locked reference to the set about its tree
#   root    the name of the node of the flake itself
#   args    further arguments of the outputs of the flake itself, which win over its inputs
#   nodes   a set for each node of the lock file, by name:
#
#     inputs   names of nodes, by the names of the inputs
#     isFlake  false for a tree that is only that
#     tree     the set about its tree, if that was fetched before
#     dir      the folder of flake.nix in the tree; "" for the tree itself
#     locked   attributes, to fetch the tree with
#     base     for a path in the tree of another flake: the name of that node, and then
#     path     the path, in which dir is
#
# Nothing is fetched before its files, or what is known of it, are asked for. A flake has the
# attributes of its outputs; those that tell of its tree win over them, and inputs, outputs,
# outPath, sourceInfo and _type over all.
{
  fetch,
  root,
  args,
  nodes,
}:

let

  below = place: path: if path == "" then place else place + "/" + path;

  make =
    name:
    {
      inputs,
      isFlake,
      dir ? "",
      ...
    }@node:
    let
      isPart = node ? base && !(node ? tree);
      parent = made.${node.base};
      tree = if isPart then parent.tree else node.tree or (fetch node.locked);
      outPath = below (if isPart then below parent.outPath node.path else tree.outPath) dir;
      ownInputs = builtins.mapAttrs (_: input: made.${input}.value) inputs;
      outputs = (import (outPath + "/flake.nix")).outputs (
        ownInputs // (if name == root then args else { }) // { self = flake; }
      );
      flake =
        outputs
        // tree
        // {
          inherit outPath outputs;
          inputs = ownInputs;
          sourceInfo = tree;
          _type = "flake";
        };
      plain = tree // {
        inherit outPath;
        sourceInfo = tree;
      };
    in
    {
      inherit tree outPath;
      value = if isFlake then flake else plain;
    };

  made = builtins.mapAttrs make nodes;

in
made.${root}.value

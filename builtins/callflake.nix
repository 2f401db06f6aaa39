# This file defines how the values of flakes are made, from a lock file that was read and
# whose paths of inputs were followed.
#
#   fetch   the function from the attributes of a locked reference to the set about its tree
#   settle  the function from the place of a tree and a name to an attribute of the tree that costs something
#   root    the name of the node of the flake itself
#   args    further arguments of the outputs of the flake itself, which win over its inputs
#   nodes   a set for each node of the lock file, by name:
#
#     inputs   names of nodes, by the names of the inputs
#     isFlake  false for a tree that is only that
#     tree     the set about its tree, if that was fetched before; its outPath is of no use if there is later
#     later    a set with the names of attributes of tree that settle has
#     place    in that case: what stands for outPath, and is readable
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
  settle,
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
      tree =
        if isPart then
          parent.tree
        else if node ? later then
          node.tree // builtins.mapAttrs (attr: _: settle node.place attr) node.later
        else
          node.tree or (fetch node.locked);
      place = below (if isPart then below parent.place node.path else node.place or tree.outPath) dir;
      outPath = below (if isPart then below parent.outPath node.path else tree.outPath) dir;
      ownInputs = builtins.mapAttrs (_: input: made.${input}.value) inputs;
      outputs = (import (place + "/flake.nix")).outputs (
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
      inherit tree place outPath;
      value = if isFlake then flake else plain;
    };

  made = builtins.mapAttrs make nodes;

in
made.${root}.value

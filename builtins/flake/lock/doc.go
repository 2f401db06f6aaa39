// Package lock reads, writes and computes lock files: the graph of the inputs of a flake, each
// pinned to a tree of known contents.
//
//	Parse       the text of a flake.lock, of version 5, 6 or 7, to a Graph
//	Graph.JSON  the text of version 7, equal to that of the reference
//	Compute     the graph for what a flake.nix says, from the old one and what is fetched
//	Report      the differences of two graphs, for users
//
// # Nouns
//
//	Graph    a lock file: the node of the flake itself, and all that it leads to
//	Node     a tree: the reference that was written, and the one that pins it
//	Edge     an input of a node: another node, or the place whose node it is as well
//	Path     names of inputs, one after the other, from the flake itself
//	Fetcher  the way to the trees; the only part that knows of files and networks
//
// Nothing here evaluates: a flake.nix is read by package manifest, and references by package
// flakeref.
package lock

// This file defines nothing but the documentation.

package lock

// This file defines the text of a lock file, byte for byte that of the reference.

import (
	"strconv"

	"github.com/firn-lang/firn/builtins/flake/flakeref"
	"github.com/firn-lang/firn/eval/datatext"
)

// Keys returns the name that each node has in the text of the graph: the name of the first
// input that leads to it, depth first and by name, or if that is taken with _2, _3 and so on
// behind it. The flake itself is root.
func (g *Graph) Keys() map[*Node]string {
	keys := map[*Node]string{}
	taken := map[string]bool{}
	var visit func(name string, n *Node)
	visit = func(name string, n *Node) {
		if _, ok := keys[n]; ok {
			return
		}
		key := name
		for i := 2; taken[key]; i++ {
			key = name + "_" + strconv.Itoa(i)
		}
		taken[key] = true
		keys[n] = key
		for name, e := range n.Sorted() {
			if e.Node != nil {
				visit(name, e.Node)
			}
		}
	}
	visit("root", g.Root)
	return keys
}

// Text returns the contents of the lock file, with a final newline.
func (g *Graph) Text() (string, error) {
	text, err := g.JSON(true)
	if err != nil {
		return "", err
	}
	return string(text) + "\n", nil
}

// JSON returns the graph as JSON without a final newline: indented by two spaces, or on one
// line. Its error is that of text that is not UTF-8.
func (g *Graph) JSON(indent bool) ([]byte, error) {
	return datatext.AppendJSONValue(nil, g.Value(), indent)
}

// Value returns what JSON writes, as datatext.AppendJSONValue takes it.
func (g *Graph) Value() map[string]any {
	keys := g.Keys()
	nodes := make(map[string]any, len(keys))
	for n, key := range keys {
		nodes[key] = n.value(keys)
	}
	return map[string]any{"nodes": nodes, "root": keys[g.Root], "version": uint64(7)}
}

// value returns n as a JSON object, with the names that other nodes have.
func (n *Node) value(keys map[*Node]string) map[string]any {
	obj := map[string]any{}
	if n.IsTree {
		obj["flake"] = false
	}
	if len(n.Inputs) > 0 {
		inputs := make(map[string]any, len(n.Inputs))
		for name, e := range n.Inputs {
			if e.Node != nil {
				inputs[name] = keys[e.Node]
			} else {
				inputs[name] = []string(e.Follows)
			}
		}
		obj["inputs"] = inputs
	}
	if n.Locked != nil {
		obj["locked"], obj["original"] = attrs(n.Locked), attrs(n.Original)
	}
	if n.Parent != nil {
		obj["parent"] = []string(n.Parent)
	}
	return obj
}

// attrs returns the attributes of a reference, but for the one that says that it was resolved,
// which all entries of a lock file were.
func attrs(r *flakeref.Ref) map[string]any {
	all := r.All()
	delete(all, "__final")
	return all
}

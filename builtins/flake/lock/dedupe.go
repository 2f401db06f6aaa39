package lock

// This file defines how several nodes of a graph become one.

import (
	"fmt"
	"slices"
	"strings"

	"github.com/firn-lang/firn/builtins/flake/flakeref"
	"github.com/firn-lang/firn/eval/datatext"
)

// Dedupe makes one node of those that flakes write alike: with the same reference, and inputs
// that are written alike. They may be pinned to different trees; the node with the shortest
// path, of those the first by name, is the one that is left. Nodes below which an input follows
// another one, or is overridden, are alike only if the others do and are the same.
//
// The reference reads such a graph, and evaluates a node once. But what it writes has a node for
// each path again.
func (g *Graph) Dedupe() { g.merge(false, nil) }

// isShared reports whether several edges lead to one node.
func (g *Graph) isShared() bool {
	seen := map[*Node]bool{}
	for _, in := range g.Places() {
		if n := in.Edge.Node; n != nil {
			if seen[n] {
				return true
			}
			seen[n] = true
		}
	}
	return false
}

// merge is Dedupe. With pinned, nodes must also be pinned to the same tree. replaced, which may
// be nil, is told of each node that another one takes the place of.
func (g *Graph) merge(pinned bool, replaced func(old, by *Node)) {
	k := kinds{pinned: pinned, ids: map[string]int{}, of: map[*Node]int{}}
	first := map[int]*Node{} // nodes that are left, by their kinds
	done := map[*Node]bool{g.Root: true}
	for level := []*Node{g.Root}; len(level) > 0; {
		var next []*Node
		for _, n := range level {
			for name, e := range n.Sorted() {
				if e.Node == nil {
					continue
				}
				kind := k.kind(e.Node)
				left := first[kind]
				if left == nil {
					left = e.Node
					first[kind] = left
				}
				if left != e.Node {
					if replaced != nil {
						replaced(e.Node, left)
					}
					n.set(name, Edge{Node: left})
				}
				if !done[left] {
					done[left] = true
					next = append(next, left)
				}
			}
		}
		level = next
	}
}

// kinds tells nodes apart that must not become one.
type kinds struct {
	pinned bool
	ids    map[string]int // by descriptions
	of     map[*Node]int
}

// kind returns the number of the kind of a node. The graph has no cycles.
func (k *kinds) kind(n *Node) int {
	if id, ok := k.of[n]; ok {
		return id
	}
	var b strings.Builder
	b.WriteString(description(n.Original.Canonical()))
	if k.pinned {
		b.WriteString(description(n.Locked))
	}
	fmt.Fprintf(&b, " %t %t %q", n.IsTree, n.Parent != nil, n.Parent)
	for name, e := range n.Sorted() {
		if e.Node == nil {
			fmt.Fprintf(&b, " %q %q", name, e.Follows)
		} else {
			fmt.Fprintf(&b, " %q %d", name, k.kind(e.Node))
		}
	}
	id, ok := k.ids[b.String()]
	if !ok {
		id = len(k.ids)
		k.ids[b.String()] = id
	}
	k.of[n] = id
	return id
}

// description returns a text that is equal for equal references.
func description(r *flakeref.Ref) string {
	text, err := datatext.AppendJSONValue(nil, attrs(r), false)
	if err != nil { // of text that is not UTF-8
		return fmt.Sprintf("%q", attrs(r))
	}
	return string(text)
}

// A Use is an input that leads to a node.
type Use struct {
	Path    Path
	Follows Path // nil if the input is no edge that follows another one
}

// Uses returns the inputs that lead to the node at a path, those that follow others among them,
// in the order of their paths. Inputs of a node to which several inputs lead are listed once, at
// the first of these. It is an error if there is no such input.
func (g *Graph) Uses(path Path) ([]Use, error) {
	n, err := g.Find(path)
	if err != nil {
		return nil, err
	}
	if n == nil || len(path) == 0 {
		return nil, fmt.Errorf("there is no input '%s'", path)
	}
	var out []Use
	for _, in := range g.Places() {
		to := in.Edge.Node
		if to == nil {
			if to, err = g.Find(in.Edge.Follows); err != nil {
				return nil, err
			}
		}
		if to == n {
			out = append(out, Use{in.Path, slices.Clone(in.Edge.Follows)})
		}
	}
	return out, nil
}

package lock

// This file defines Graph, its parts, and how a path leads to a node.

import (
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"

	"github.com/firn-lang/firn/builtins/flake/flakeref"
)

// A Path is the names of inputs that lead from the flake itself to an input. The empty path
// leads to the flake.
type Path []string

// String returns the names with slashes between them.
func (p Path) String() string { return strings.Join(p, "/") }

// with returns p and one more name.
func (p Path) with(name string) Path { return p.join(Path{name}) }

// join returns p and the names of more, which is not nil and shares no memory with either.
func (p Path) join(more Path) Path { return append(append(Path{}, p...), more...) }

// ParsePath reads names of inputs with slashes between them. Slashes at the ends, and several
// of them, count as one.
func ParsePath(text string) (Path, error) {
	var p Path
	for part := range strings.SplitSeq(text, "/") {
		switch {
		case part == "":
		case !flakeref.IsID(part):
			return nil, fmt.Errorf("invalid flake input attribute path element '%s'", part)
		default:
			p = append(p, part)
		}
	}
	return p, nil
}

// A Graph is the contents of a lock file. A graph that was parsed or computed has no cycle of
// nodes; only edges that follow can lead in circles, which Find notices.
type Graph struct {
	Root *Node // never nil
}

// New returns the graph of a flake without inputs.
func New() *Graph { return &Graph{Root: &Node{}} }

// A Node is the flake itself or an input. Several edges may lead to one node.
type Node struct {
	Inputs map[string]Edge // by name; nil if there are none

	// The rest is unset for the flake itself.

	Original *flakeref.Ref // as flake.nix has it; decides whether the node still fits
	Locked   *flakeref.Ref // the same with what pins its contents; of a relative path, the same
	IsTree   bool          // flake = false: a tree whose flake.nix, if any, does not matter
	// Parent is the path of the flake in whose tree a relative Original lies: empty but not
	// nil for the flake itself, nil if Original is not relative.
	Parent Path
}

// An Edge is an input of a node.
type Edge struct {
	Node    *Node // nil if the input follows another one
	Follows Path  // from the flake itself, if Node is nil; the empty path is the flake
}

// Sorted returns the inputs of n by name.
func (n *Node) Sorted() iter.Seq2[string, Edge] {
	return func(yield func(string, Edge) bool) {
		for _, name := range sortedKeys(n.Inputs) {
			if !yield(name, n.Inputs[name]) {
				return
			}
		}
	}
}

// set makes e the input called name.
func (n *Node) set(name string, e Edge) {
	if n.Inputs == nil {
		n.Inputs = map[string]Edge{}
	}
	n.Inputs[name] = e
}

// Find returns the node that path leads to, or nil if there is none. Edges that follow each
// other in a circle are an error.
func (g *Graph) Find(path Path) (*Node, error) {
	return g.find(path, nil)
}

// find is Find, on the way of the paths visited. They are few: one for each edge that follows
// between path and a node.
func (g *Graph) find(path Path, visited []Path) (*Node, error) {
	for i, p := range visited {
		if slices.Equal(p, path) {
			var cycle []string
			for _, p := range append(visited[i:], path) {
				cycle = append(cycle, p.String())
			}
			return nil, fmt.Errorf("follow cycle detected: [%s]", strings.Join(cycle, " -> "))
		}
	}
	if len(visited) > maxFollows {
		return nil, fmt.Errorf("input '%s' follows more than %d other inputs", visited[0], maxFollows)
	}
	visited = append(visited, path)
	n := g.Root
	for _, name := range path {
		e, ok := n.Inputs[name]
		if !ok {
			return nil, nil
		}
		if n = e.Node; n == nil {
			var err error
			if n, err = g.find(e.Follows, visited); n == nil || err != nil {
				return nil, err
			}
		}
	}
	return n, nil
}

// maxFollows is how many edges may follow each other on the way to one node. Real lock files
// have a handful.
const maxFollows = 1000

// A Place is an edge with the path that leads to it.
type Place struct {
	Path Path
	Edge Edge
}

// Places returns the edges of the graph in the order of their paths. What lies behind a node
// is listed once, at the first path that leads to it.
func (g *Graph) Places() []Place {
	var all []Place
	done := map[*Node]bool{}
	var visit func(prefix Path, n *Node)
	visit = func(prefix Path, n *Node) {
		if done[n] {
			return
		}
		done[n] = true
		for name, e := range n.Sorted() {
			path := prefix.with(name)
			all = append(all, Place{path, e})
			if e.Node != nil {
				visit(path, e.Node)
			}
		}
	}
	visit(nil, g.Root)
	slices.SortFunc(all, func(a, b Place) int { return slices.Compare(a.Path, b.Path) })
	return all
}

// Check returns an error if an input follows one that does not exist, or itself.
func (g *Graph) Check() error {
	for _, in := range g.Places() {
		if in.Edge.Node != nil || len(in.Edge.Follows) == 0 {
			continue
		}
		n, err := g.Find(in.Edge.Follows)
		if err != nil {
			return err
		}
		if n == nil {
			return fmt.Errorf("input '%s' follows a non-existent input '%s'", in.Path, in.Edge.Follows)
		}
	}
	return nil
}

// Unlocked returns the reference of a node whose contents nothing pins, or nil. allowDirty
// takes a hash of the tree for enough, as the setting allow-dirty-locks does: such a node can
// be checked, but not fetched again.
func (g *Graph) Unlocked(allowDirty bool) *flakeref.Ref {
	done := map[*Node]bool{}
	var visit func(n *Node) *flakeref.Ref
	visit = func(n *Node) *flakeref.Ref {
		if done[n] {
			return nil
		}
		done[n] = true
		if r := n.Locked; r != nil && !r.IsLocked() && !(allowDirty && r.Attrs["narHash"] != nil) && !r.IsRelative() {
			return r
		}
		for _, e := range n.Sorted() {
			if e.Node != nil {
				if r := visit(e.Node); r != nil {
					return r
				}
			}
		}
		return nil
	}
	return visit(g.Root)
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

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
		for name, e := range n.sorted() {
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
	keys := g.Keys()
	nodes := make(map[string]*Node, len(keys))
	for n, key := range keys {
		nodes[key] = n
	}
	w := writer{indent: indent}
	w.open('{')
	w.key("nodes")
	w.open('{')
	for _, key := range sortedKeys(nodes) {
		w.key(key)
		w.node(nodes[key], keys)
	}
	w.close('}')
	w.key("root")
	w.string(keys[g.Root])
	w.key("version")
	w.dst = append(w.dst, '7')
	w.close('}')
	return w.dst, w.err
}

// node writes n, with the names that other nodes have.
func (w *writer) node(n *Node, keys map[*Node]string) {
	w.open('{')
	if n.IsTree {
		w.key("flake")
		w.dst = append(w.dst, "false"...)
	}
	if len(n.Inputs) > 0 {
		w.key("inputs")
		w.open('{')
		for name, e := range n.sorted() {
			w.key(name)
			if e.Node != nil {
				w.string(keys[e.Node])
			} else {
				w.path(e.Follows)
			}
		}
		w.close('}')
	}
	if n.Locked != nil {
		w.key("locked")
		w.attrs(n.Locked)
		w.key("original")
		w.attrs(n.Original)
	}
	if n.Parent != nil {
		w.key("parent")
		w.path(n.Parent)
	}
	w.close('}')
}

// attrs writes the attributes of a reference, but for the one that says that it was resolved,
// which all entries of a lock file were.
func (w *writer) attrs(r *flakeref.Ref) {
	attrs := r.All()
	w.open('{')
	for _, name := range sortedKeys(attrs) {
		if name == "__final" {
			continue
		}
		w.key(name)
		switch x := attrs[name].(type) {
		case string:
			w.string(x)
		case uint64:
			w.dst = strconv.AppendUint(w.dst, x, 10)
		case bool:
			w.dst = strconv.AppendBool(w.dst, x)
		}
	}
	w.close('}')
}

// path writes the names of p.
func (w *writer) path(p Path) {
	w.open('[')
	for _, name := range p {
		w.next()
		w.string(name)
	}
	w.close(']')
}

// A writer writes JSON.
type writer struct {
	dst    []byte
	depth  int
	empty  bool // nothing was written since the last bracket opened
	indent bool
	err    error // of the first string that has no JSON text
}

func (w *writer) open(bracket byte) {
	w.dst = append(w.dst, bracket)
	w.depth++
	w.empty = true
}

func (w *writer) close(bracket byte) {
	w.depth--
	if !w.empty {
		w.newline()
	}
	w.dst = append(w.dst, bracket)
	w.empty = false
}

// next goes to where the next element is written.
func (w *writer) next() {
	if !w.empty {
		w.dst = append(w.dst, ',')
	}
	w.newline()
	w.empty = false
}

func (w *writer) newline() {
	if !w.indent {
		return
	}
	w.dst = append(w.dst, '\n')
	for range w.depth {
		w.dst = append(w.dst, "  "...)
	}
}

func (w *writer) key(name string) {
	w.next()
	w.string(name)
	w.dst = append(w.dst, ':')
	if w.indent {
		w.dst = append(w.dst, ' ')
	}
}

func (w *writer) string(s string) {
	dst, err := datatext.AppendJSONString(w.dst, s)
	if err != nil && w.err == nil {
		w.err = err
	}
	w.dst = dst
}

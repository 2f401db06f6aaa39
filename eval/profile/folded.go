package profile

// This file defines folded stacks: a line for each stack, outermost call first, and how
// many samples there were. Programs that draw flame graphs read that.

import (
	"bufio"
	"cmp"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/firn-lang/firn/lang"
)

// WriteFolded writes folded stacks in the form of the reference's eval-profiler. A frame
// is where a call stands and, after a colon, what it is of:
//
//	/etc/nixos/x.nix:3:5:mkIf;/etc/nixos/x.nix:9:2:primop map 17
//
// As there, what is under no call is in no line, and calls that do not stand in a text
// are where the function is that they call. A stack comes right before the stacks that
// have it below their calls.
//
// The text is longer than the profile: each line repeats the whole stack, which makes
// 400 MB of a recursion of 5,000 calls with a sample at each. So it is written line by
// line, and none of it is kept. An error of out ends it.
func (p *Profile) WriteFolded(out io.Writer) error {
	t := foldedTree{nodes: []foldedNode{{}}, index: map[foldedNode]int32{}, ids: map[string]int32{}}
	p.each(t.add)
	return t.write(out)
}

// A foldedTree is the stacks of all workers, without what differs only in what folded
// stacks do not show.
type foldedTree struct {
	nodes   []foldedNode         // node 0 is the root; parents come before their children
	samples []uint64             // of each node
	index   map[foldedNode]int32 // the inverse of nodes
	names   []string             // of frames
	ids     map[string]int32     // the inverse of names
}

type foldedNode struct {
	parent int32
	name   int32 // of the innermost frame, in names
}

// add adds the stacks of a worker that have samples.
func (t *foldedTree) add(s *Stack) {
	wanted := make([]bool, len(s.nodes)) // has a sample, or a node below has
	for i := len(s.nodes) - 1; i > 0; i-- {
		if wanted[i] = wanted[i] || s.nodes[i].samples > 0; wanted[i] {
			wanted[s.nodes[i].parent] = true
		}
	}
	ids := make([]int32, len(s.frames)) // of the names of frames; below 0 for those without
	for i, f := range s.frames {
		ids[i] = -1
		name := f.folded()
		if name == "" {
			continue
		}
		id, ok := t.ids[name]
		if !ok {
			id = int32(len(t.names))
			t.names = append(t.names, name)
			t.ids[name] = id
		}
		ids[i] = id
	}
	at := make([]int32, len(s.nodes)) // where nodes of s are in t
	for i := range s.nodes {
		n := &s.nodes[i]
		if !wanted[i] {
			continue
		}
		if at[i] = at[n.parent]; ids[n.frame] >= 0 {
			at[i] = t.node(foldedNode{at[n.parent], ids[n.frame]})
		}
		for len(t.samples) < len(t.nodes) {
			t.samples = append(t.samples, 0)
		}
		t.samples[at[i]] += uint64(n.samples)
	}
}

// node returns the number of a node.
func (t *foldedTree) node(n foldedNode) int32 {
	i, ok := t.index[n]
	if !ok {
		i = int32(len(t.nodes))
		t.nodes = append(t.nodes, n)
		t.index[n] = i
	}
	return i
}

// write writes the lines of all nodes below the root that have samples.
func (t *foldedTree) write(out io.Writer) error {
	order, first := t.children()
	// open are the nodes from the root to where the walk is: how much of text is theirs,
	// and which of their children come next.
	type level struct {
		length    int
		next, end int32
	}
	text := []byte{}
	open := []level{{0, first[0], first[1]}}
	w := bufio.NewWriter(out)
	for len(open) > 0 {
		top := &open[len(open)-1]
		if top.next == top.end {
			open = open[:len(open)-1]
			continue
		}
		i := order[top.next]
		top.next++
		if text = text[:top.length]; len(text) > 0 {
			text = append(text, ';')
		}
		text = append(text, t.names[t.nodes[i].name]...)
		if n := t.samples[i]; n > 0 {
			w.Write(text)
			w.WriteByte(' ')
			w.Write(strconv.AppendUint(w.AvailableBuffer(), n, 10))
			if err := w.WriteByte('\n'); err != nil {
				return err
			}
		}
		open = append(open, level{len(text), first[i], first[i+1]})
	}
	return w.Flush()
}

// children returns all nodes but the root, children of one node together and sorted by
// name: those of node i are order[first[i]:first[i+1]].
func (t *foldedTree) children() (order, first []int32) {
	sorted := make([]int32, len(t.names)) // names
	for i := range sorted {
		sorted[i] = int32(i)
	}
	slices.SortFunc(sorted, func(a, b int32) int { return compareNatural(t.names[a], t.names[b]) })
	rank := make([]int32, len(t.names)) // of each name among them
	for i, id := range sorted {
		rank[id] = int32(i)
	}
	first = make([]int32, len(t.nodes)+1)
	for i := 1; i < len(t.nodes); i++ {
		order = append(order, int32(i))
		first[t.nodes[i].parent+1]++
	}
	for i := 1; i < len(first); i++ {
		first[i] += first[i-1]
	}
	slices.SortFunc(order, func(a, b int32) int {
		x, y := t.nodes[a], t.nodes[b]
		return cmp.Or(cmp.Compare(x.parent, y.parent), cmp.Compare(rank[x.name], rank[y.name]))
	})
	return order, first
}

// compareNatural compares texts; numbers in them count as numbers, so that lines of a
// file come in order.
func compareNatural(a, b string) int {
	for a != "" && b != "" {
		na, nb := digits(a), digits(b)
		if na > 0 && nb > 0 {
			x, y := strings.TrimLeft(a[:na], "0"), strings.TrimLeft(b[:nb], "0")
			if c := cmp.Or(cmp.Compare(len(x), len(y)), strings.Compare(x, y)); c != 0 {
				return c
			}
			a, b = a[na:], b[nb:]
			continue
		}
		if a[0] != b[0] {
			break
		}
		a, b = a[1:], b[1:]
	}
	return strings.Compare(a, b)
}

// digits returns how many digits text begins with.
func digits(text string) int { return len(text) - len(strings.TrimLeft(text, "0123456789")) }

// each calls fn for each stack, which is locked meanwhile.
func (p *Profile) each(fn func(s *Stack)) {
	p.mu.Lock()
	stacks := slices.Clone(p.stacks)
	p.mu.Unlock()
	for _, s := range stacks {
		s.mu.Lock()
		fn(s)
		s.mu.Unlock()
	}
}

// folded returns the frame as a folded stack has it; "" if it has none.
func (f *Frame) folded() string {
	at := f.Call
	known := at != (lang.Position{})
	if !known {
		at = f.Def
	}
	var what []string
	switch f.Kind {
	case Evaluation, File:
		return ""
	case Cut:
		return cutName
	case Functor:
		what = []string{position(at), "functor"}
	case Builtin:
		if known {
			what = append(what, position(at))
		}
		what = append(what, "primop "+f.Name)
		if f.About != "" {
			what = append(what, f.About)
		}
	default:
		what = []string{position(at)}
		if f.Name != "" {
			what = append(what, f.Name)
		}
	}
	return strings.Join(what, ":")
}

func position(p lang.Position) string {
	if p == (lang.Position{}) {
		return "«none»:0"
	}
	return p.String()
}

// cutName stands for frames that are not known any more.
const cutName = "…"

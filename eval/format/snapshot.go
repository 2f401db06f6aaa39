package format

// This file defines snapshots: values as they were, without an evaluator, and what
// is different between two of them.

import (
	"fmt"
	"hash/maphash"
	"slices"
	"strings"

	"github.com/firn-lang/firn/eval/heap"
	"github.com/firn-lang/firn/lang"
)

// A Node is a value, or a part of one, in a snapshot. It is not to be modified: the
// same part may be in several places.
type Node struct {
	Text  string   // of what has no parts, as an expression
	Names []string // of the attributes of a set, sorted
	Parts []*Node  // attributes, or elements of a list

	kind nodeKind
	sum  uint64 // of all that it is
}

type nodeKind uint8

const (
	leaf nodeKind = iota
	set
	list
)

// Snapshot evaluates l as Write does, with the same options, and returns what it is.
func Snapshot(src Source, l heap.Lazy, opt Options) (*Node, error) {
	w := newWalker(src, nil, opt)
	s := &snapshotter{
		nixPrinter: newNixPrinter(&w), nodes: map[heap.Value]*Node{},
		data: opt.Form != Nix && opt.Form != "" && opt.Form != XML,
	}
	s.opt.Color, s.opt.Pretty = false, false
	return s.node(l)
}

// seed makes sums comparable.
var seed = maphash.MakeSeed()

type snapshotter struct {
	*nixPrinter
	data  bool                 // of a form of data
	nodes map[heap.Value]*Node // of sets and lists; nil while one is being made
}

// node returns l, or a leaf with an error.
func (s *snapshotter) node(l heap.Lazy) (*Node, error) {
	n, err := s.entered(l)
	if err != nil {
		e, err := s.absorb(err)
		if err != nil {
			return nil, err
		}
		return newLeaf("«error: " + plainText(e.Message()) + "»"), nil
	}
	return n, nil
}

func newLeaf(text string) *Node {
	return &Node{Text: text, sum: maphash.String(seed, text)}
}

// leaf returns what fn writes, as a leaf.
func (s *snapshotter) leaf(fn func() error) (*Node, error) {
	s.buf = s.buf[:0]
	if err := fn(); err != nil {
		return nil, err
	}
	if err := s.src.Charge(len(s.buf)); err != nil {
		return nil, err
	}
	n := newLeaf(string(s.buf))
	s.buf = s.buf[:0]
	return n, nil
}

func (s *snapshotter) entered(l heap.Lazy) (*Node, error) {
	at, err := s.enter()
	if err != nil {
		return nil, err
	}
	defer s.leave(at)
	if s.thunk(l) {
		return newLeaf("«thunk»"), nil
	}
	var v heap.Value
	if s.data {
		d, err := s.datum(l)
		if err != nil {
			return nil, err
		}
		if d.isText {
			return s.leaf(func() error { return s.whole(d.text) })
		}
		v = d.v
	} else if v, err = s.force(l); err != nil {
		return nil, err
	}
	switch k := s.h.KindOf(v); {
	case k == heap.List, k.IsAttrs():
		return s.parts(v)
	case k == heap.String:
		return s.leaf(func() error { return s.whole(s.h.Text(v)) })
	case k.IsFunction() && s.data:
		return nil, s.noForm(v, JSON)
	case k == heap.Lambda, k == heap.Partial:
		return newLeaf("«lambda»"), nil // which is elsewhere after an edit
	default:
		return s.leaf(func() error { s.scalar(k, v); return nil })
	}
}

// whole writes all of a string literal.
func (s *snapshotter) whole(text string) error {
	s.put(`"`)
	s.literal(text, 0, len(text))
	s.put(`"`)
	return s.src.Tick(len(text) >> 9)
}

func (s *snapshotter) parts(v heap.Value) (*Node, error) {
	if n, ok := s.nodes[v]; ok {
		if n == nil {
			return newLeaf("«repeated»"), nil
		}
		return n, nil
	}
	isList := s.h.KindOf(v) == heap.List
	if !isList && !s.data && !s.opt.Lazy {
		isDrv, err := s.isDerivation(v)
		if err != nil {
			return nil, err
		}
		if isDrv {
			return s.leaf(func() error { return s.derivation(v) })
		}
	}
	if s.beyond() {
		if isList {
			return newLeaf("[ ... ]"), nil
		}
		return newLeaf("{ ... }"), nil
	}
	s.nodes[v] = nil
	defer func() {
		if s.nodes[v] == nil {
			delete(s.nodes, v) // it failed
		}
	}()
	n := &Node{kind: set}
	if isList {
		n.kind = list
		for i, l := range s.h.Elems(v) {
			s.intoElem(v, i)
			if err := s.add(n, "", l); err != nil {
				return nil, err
			}
			s.leavePart()
		}
	} else {
		for _, e := range s.src.SortedAttrs(v) {
			s.intoAttr(v, e.Name)
			if err := s.add(n, strings.Clone(s.src.Name(e.Name)), e.Value); err != nil {
				return nil, err
			}
			s.leavePart()
		}
	}
	n.sum = n.digest()
	s.nodes[v] = n
	return n, nil
}

func (s *snapshotter) add(n *Node, name string, l heap.Lazy) error {
	part, err := s.node(l)
	if err != nil {
		return final(err)
	}
	const size = 64 // of a part, about
	if err := s.src.Charge(size + len(name)); err != nil {
		return err
	}
	n.Parts = append(n.Parts, part)
	if n.kind == set {
		n.Names = append(n.Names, name)
	}
	return nil
}

func (n *Node) digest() uint64 {
	var h maphash.Hash
	h.SetSeed(seed)
	h.WriteByte(byte(n.kind))
	for i, part := range n.Parts {
		if n.kind == set {
			h.WriteString(n.Names[i])
			h.WriteByte(0)
		}
		maphash.WriteComparable(&h, part.sum)
	}
	return h.Sum64()
}

// String returns the node as an expression, cut where it is long.
func (n *Node) String() string {
	const room = 60
	text, _ := n.appendTo(nil, room)
	return string(text)
}

// appendTo appends at most about some columns.
func (n *Node) appendTo(out []byte, columns int) (text []byte, rest int) {
	if n.kind == leaf {
		if r := []rune(n.Text); len(r) > columns+1 && columns >= 0 {
			return append(out, string(r[:columns])+"…"...), 0
		}
		return append(out, n.Text...), columns - len(n.Text)
	}
	open, shut := "{ ", "}"
	if n.kind == list {
		open, shut = "[ ", "]"
	}
	out = append(out, open...)
	columns -= 2 * len(open)
	for i, part := range n.Parts {
		if columns <= 0 {
			out = append(out, "... "...)
			break
		}
		end := " "
		if n.kind == set {
			name := lang.QuoteName(n.Names[i]) + " = "
			out = append(out, name...)
			columns -= len(name)
			end = "; "
		}
		out, columns = part.appendTo(out, max(columns, 0))
		out = append(out, end...)
		columns -= len(end)
	}
	return append(out, shut...), columns
}

// A Change is one difference between two values.
type Change struct {
	Path     Path
	Old, New *Node // nil if it was not there, or is not any more
}

// String returns the change as a line: "+ a.b: 1", "- a.b: 1" or "~ a.b: 1 -> 2".
func (c Change) String() string {
	path := strings.TrimPrefix(c.Path.String(), ".")
	if path == "" {
		path = "the value"
	}
	switch {
	case c.Old == nil:
		return fmt.Sprintf("+ %s: %s", path, c.New)
	case c.New == nil:
		return fmt.Sprintf("- %s: %s", path, c.Old)
	}
	old, now := c.Old.String(), c.New.String()
	if old == now {
		now += " (further behind)"
	}
	return fmt.Sprintf("~ %s: %s -> %s", path, old, now)
}

// Diff returns what is different between two values, limit changes at most, and
// whether there are more.
func Diff(old, now *Node, limit int) (changes []Change, more bool) {
	d := differ{limit: limit}
	d.compare(old, now)
	return d.changes, d.more
}

type differ struct {
	path    Path
	changes []Change
	limit   int
	more    bool
}

func (d *differ) add(old, now *Node) {
	if len(d.changes) >= d.limit {
		d.more = true
		return
	}
	d.changes = append(d.changes, Change{slices.Clone(d.path), old, now})
}

func (d *differ) at(s Step, fn func()) {
	d.path = append(d.path, s)
	fn()
	d.path = d.path[:len(d.path)-1]
}

func (d *differ) compare(old, now *Node) {
	switch {
	case d.more || old.sum == now.sum:
	case old.kind != now.kind || old.kind == leaf:
		d.add(old, now)
	case old.kind == set:
		d.sets(old, now)
	default:
		d.lists(old, now)
	}
}

func (d *differ) sets(old, now *Node) {
	i, j := 0, 0
	for i < len(old.Names) || j < len(now.Names) {
		order := 0
		switch {
		case i == len(old.Names):
			order = 1
		case j == len(now.Names):
			order = -1
		default:
			order = strings.Compare(old.Names[i], now.Names[j])
		}
		switch {
		case order < 0:
			d.at(Step{old.Names[i], -1}, func() { d.add(old.Parts[i], nil) })
			i++
		case order > 0:
			d.at(Step{now.Names[j], -1}, func() { d.add(nil, now.Parts[j]) })
			j++
		default:
			d.at(Step{old.Names[i], -1}, func() { d.compare(old.Parts[i], now.Parts[j]) })
			i++
			j++
		}
	}
}

// lists compares lists: what is the same at their ends is, and what is between
// that is compared one by one.
func (d *differ) lists(old, now *Node) {
	a, b := old.Parts, now.Parts
	start := 0
	for len(a) > 0 && len(b) > 0 && a[0].sum == b[0].sum {
		a, b = a[1:], b[1:]
		start++
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1].sum == b[len(b)-1].sum {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	for i := range max(len(a), len(b)) {
		d.at(Step{"", start + i}, func() {
			switch {
			case i >= len(b):
				d.add(a[i], nil)
			case i >= len(a):
				d.add(nil, b[i])
			default:
				d.compare(a[i], b[i])
			}
		})
	}
}

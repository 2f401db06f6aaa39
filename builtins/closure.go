package builtins

// This file defines builtins.genericClosure.

import (
	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/eval/heap"
)

func genericClosure(c *core.Call) (heap.Value, error) {
	set, err := c.ForceAttrs(c.Arg(0), "while evaluating the first argument passed to builtins.genericClosure")
	if err != nil {
		return 0, err
	}
	const place = "in the attrset passed as argument to builtins.genericClosure"
	at, err := attr(c, set, "startSet", place)
	if err != nil {
		return 0, err
	}
	start, err := forceList(c, at,
		"while evaluating the 'startSet' attribute passed as argument to builtins.genericClosure")
	if err != nil {
		return 0, err
	}
	h := c.Heap()
	if h.Len(start) == 0 {
		return start, nil
	}
	if at, err = attr(c, set, "operator", place); err != nil {
		return 0, err
	}
	op, err := c.ForceFunction(h.Load(at),
		"while evaluating the 'operator' attribute passed as argument to builtins.genericClosure")
	if err != nil {
		return 0, err
	}
	key := c.Intern("key")
	keys := keyTree{less: func(a, b heap.Value) (bool, error) { return lessKey(c, a, b) }}
	var found []heap.Lazy
	work := make([]heap.Slot, 0, 2*h.Len(start))
	for i := range h.Len(start) {
		work = append(work, h.ElemSlot(start, i))
	}
	for step := 1; len(work) > 0; step++ {
		// Elements that are there already lead to no call.
		if step&1023 == 0 {
			if err := c.CheckInterrupt(); err != nil {
				return 0, err
			}
		}
		at := work[0]
		work = work[1:]
		x, err := c.ForceSlot(at)
		if err != nil {
			return 0, c.Frame(err, "in genericClosure element «thunk»")
		}
		if !h.KindOf(x).IsAttrs() {
			return 0, c.Frame(typeError(c, "a set", x), "in genericClosure element %s", c.Show(x))
		}
		at = h.Find(x, key)
		if at == 0 {
			return 0, c.Frame(c.Errorf(core.ErrType, "attribute 'key' missing"), "in genericClosure element %s", c.Show(x))
		}
		k, err := c.ForceSlot(at)
		if err != nil {
			return 0, err
		}
		isNew, err := keys.insert(k, x)
		if err != nil {
			// The reference says which element the key could not be compared
			// with by trying all of them, in order.
			if other := keys.culprit(k); other != 0 {
				err = c.Frame(err, "with element %s", c.Show(other))
				return 0, c.Frame(err, "while comparing element %s", c.Show(x))
			}
			return 0, c.Frame(err, "while checking key of element %s", c.Show(x))
		}
		if !isNew {
			continue
		}
		found = append(found, heap.Lazy(x))
		more, err := reach(c, op, x)
		if err != nil {
			return 0, c.Frame(err, "while calling operator on genericClosure element %s", c.Show(x))
		}
		for i := range h.Len(more) {
			work = append(work, h.ElemSlot(more, i))
		}
	}
	return listOf(c, found)
}

// reach returns the list of what op says x leads to, with forced elements.
func reach(c *core.Call, op, x heap.Value) (heap.Value, error) {
	r, err := c.Apply1(op, heap.Lazy(x))
	if err != nil {
		return 0, err
	}
	xs, err := c.ForceList(heap.Lazy(r),
		"while evaluating the return value of the `operator` passed to builtins.genericClosure")
	if err != nil {
		return 0, err
	}
	h := c.Heap()
	for i := range h.Len(xs) {
		if _, err := c.ForceSlot(h.ElemSlot(xs, i)); err != nil {
			return 0, err
		}
	}
	return xs, nil
}

// lessKey compares two keys; most are strings.
func lessKey(c *core.Call, a, b heap.Value) (bool, error) {
	h := c.Heap()
	if h.KindOf(a) == heap.String && h.KindOf(b) == heap.String {
		return h.Text(a) < h.Text(b), nil
	}
	return c.Less(a, b, "")
}

// A keyTree is a red-black tree of keys. Which keys are compared with which, and
// so which comparison fails first, or needs the parts of which key, depends on
// the shape of the tree: it is the one that C++'s std::map has.
type keyTree struct {
	less  func(a, b heap.Value) (bool, error)
	nodes []keyNode // the first one is no key
	root  int32
}

type keyNode struct {
	key, elem   heap.Value
	up          int32
	left, right int32 // 0 if there is none
	red         bool
}

// insert adds a key, and reports whether there was no equal one.
func (t *keyTree) insert(key, elem heap.Value) (bool, error) {
	if len(t.nodes) == 0 {
		t.nodes = append(t.nodes, keyNode{})
	}
	up, at, below := int32(0), t.root, false
	for at != 0 {
		var err error
		if below, err = t.less(key, t.nodes[at].key); err != nil {
			return false, err
		}
		up = at
		if below {
			at = t.nodes[at].left
		} else {
			at = t.nodes[at].right
		}
	}
	// The greatest key that the new one is not below could be equal to it.
	prev := up
	if below {
		prev = t.prev(up)
	}
	if prev != 0 {
		if above, err := t.less(t.nodes[prev].key, key); err != nil || !above {
			return false, err
		}
	}
	n := int32(len(t.nodes))
	t.nodes = append(t.nodes, keyNode{key: key, elem: elem, up: up, red: true})
	switch {
	case up == 0:
		t.root = n
	case below:
		t.nodes[up].left = n
	default:
		t.nodes[up].right = n
	}
	t.balance(n)
	return true, nil
}

// prev returns the node before n, in order.
func (t *keyTree) prev(n int32) int32 {
	if m := t.nodes[n].left; m != 0 {
		for t.nodes[m].right != 0 {
			m = t.nodes[m].right
		}
		return m
	}
	up := t.nodes[n].up
	for up != 0 && t.nodes[up].left == n {
		n, up = up, t.nodes[up].up
	}
	return up
}

// balance restores that no red node has a red parent, which n may have.
func (t *keyTree) balance(n int32) {
	nodes := t.nodes
	for n != t.root && nodes[nodes[n].up].red {
		up := nodes[n].up
		top := nodes[up].up
		isLeft := up == nodes[top].left
		uncle := nodes[top].left
		if isLeft {
			uncle = nodes[top].right
		}
		if uncle != 0 && nodes[uncle].red {
			nodes[up].red, nodes[uncle].red, nodes[top].red = false, false, true
			n = top
			continue
		}
		if (n == nodes[up].left) != isLeft {
			t.rotate(up, isLeft)
			n, up = up, n
		}
		nodes[up].red, nodes[top].red = false, true
		t.rotate(top, !isLeft)
	}
	nodes[t.root].red = false
}

// rotate puts the right or left child of n into its place, and n below it.
func (t *keyTree) rotate(n int32, toLeft bool) {
	nodes := t.nodes
	up := nodes[n].up
	var m, moved int32
	if toLeft {
		m = nodes[n].right
		moved = nodes[m].left
		nodes[n].right, nodes[m].left = moved, n
	} else {
		m = nodes[n].left
		moved = nodes[m].right
		nodes[n].left, nodes[m].right = moved, n
	}
	if moved != 0 {
		nodes[moved].up = n
	}
	nodes[m].up, nodes[n].up = up, m
	switch {
	case up == 0:
		t.root = m
	case nodes[up].left == n:
		nodes[up].left = m
	default:
		nodes[up].right = m
	}
}

// culprit returns the first element, in order, whose key cannot be compared
// with key; 0 if there is none.
func (t *keyTree) culprit(key heap.Value) heap.Value {
	if t.root == 0 {
		return 0
	}
	n := t.root
	for t.nodes[n].left != 0 {
		n = t.nodes[n].left
	}
	for n != 0 {
		if _, err := t.less(key, t.nodes[n].key); err != nil {
			return t.nodes[n].elem
		}
		if m := t.nodes[n].right; m != 0 {
			for t.nodes[m].left != 0 {
				m = t.nodes[m].left
			}
			n = m
			continue
		}
		up := t.nodes[n].up
		for up != 0 && t.nodes[up].right == n {
			n, up = up, t.nodes[up].up
		}
		n = up
	}
	return 0
}

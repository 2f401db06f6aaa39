package builtins

// This file defines builtins.genericClosure.

import (
	"github.com/firn-lang/firn/eval/budget"
	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/eval/heap"
)

// genericClosure walks in the order of the reference: breadth first, and each key
// is compared with those on its way through a tree of the same shape.
func genericClosure(c *core.Call) (heap.Value, error) {
	set, err := c.Arg(0).Words("while evaluating the first argument passed to builtins.genericClosure").Attrs()
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
	op, err := c.Need(h.Load(at), "while evaluating the 'operator' attribute passed as argument to builtins.genericClosure").Function()
	if err != nil {
		return 0, err
	}
	key := c.Intern("key")
	keys := newKeyTree(c)
	found := budget.List[heap.Lazy]{Budget: c}
	work := newQueue(c) // lists of what was reached
	if err := work.push(start); err != nil {
		return 0, err
	}
	for at := work.pop(); at != 0; at = work.pop() {
		// Elements that are there already lead to no call.
		if err := c.Tick(1); err != nil {
			return 0, err
		}
		x, err := c.ForceSlot(at)
		if err != nil {
			return 0, c.Frame(err, "in genericClosure element «thunk»")
		}
		if !h.KindOf(x).IsAttrs() {
			return 0, c.Frame(typeError(c, "a set", x), "in genericClosure element %s", c.Show(x))
		}
		at := h.Find(x, key)
		if at == 0 {
			return 0, c.Frame(c.Errorf(core.CodeMissingAttribute, "attribute 'key' missing"), "in genericClosure element %s", c.Show(x))
		}
		k, err := c.ForceSlot(at)
		if err != nil {
			return 0, err
		}
		isNew, err := keys.insert(k, x)
		if err != nil {
			if isStop(err) {
				return 0, err
			}
			// The reference says which element the key could not be compared
			// with by trying all of them, in order.
			other, stop := keys.culprit(k)
			if stop != nil {
				return 0, stop
			}
			if other != 0 {
				err = c.Frame(err, "with element %s", c.Show(other))
				return 0, c.Frame(err, "while comparing element %s", c.Show(x))
			}
			return 0, c.Frame(err, "while checking key of element %s", c.Show(x))
		}
		if !isNew {
			continue
		}
		if !found.Add(heap.Lazy(x)) {
			return 0, found.Err
		}
		more, err := reach(c, op, x)
		if err != nil {
			return 0, c.Frame(err, "while calling operator on genericClosure element %s", c.Show(x))
		}
		if err := work.push(more); err != nil {
			return 0, err
		}
	}
	return listValue(c, &found)
}

// A queue has the elements of lists, in order. Lists that are done are given up.
type queue struct {
	c    *core.Call
	full [][]heap.Value // of budget.PartLen lists each
	last []heap.Value   // the lists behind
	list int            // the first one that is not done
	elem int            // how many elements of it are
}

// newQueue returns an empty queue, on Go's heap as the tree of keys is.
//
//go:noinline
func newQueue(c *core.Call) *queue { return &queue{c: c} }

// push adds the elements of a list.
func (q *queue) push(list heap.Value) error {
	if q.c.Heap().Len(list) == 0 {
		return nil
	}
	if len(q.last) == budget.PartLen {
		if err := q.c.CheckSize(uint64(len(q.full)+2) * budget.PartLen / 2); err != nil {
			return err
		}
		q.full, q.last = append(q.full, q.last), make([]heap.Value, 0, budget.PartLen)
	}
	q.last = append(q.last, list)
	return nil
}

// pop returns the place of the next element; 0 if there is none.
func (q *queue) pop() heap.Slot {
	lists := q.last
	if len(q.full) > 0 {
		lists = q.full[0]
	}
	if q.list == len(lists) {
		return 0
	}
	h := q.c.Heap()
	list := lists[q.list]
	at := h.ElemSlot(list, q.elem)
	if q.elem++; q.elem == h.Len(list) {
		q.list, q.elem = q.list+1, 0
	}
	if q.list == budget.PartLen {
		q.list = 0
		if len(q.full) > 0 {
			q.full = q.full[1:]
		} else {
			q.last = nil
		}
	}
	return at
}

// reach returns the list of what op says x leads to, with forced elements.
func reach(c *core.Call, op, x heap.Value) (heap.Value, error) {
	r, err := c.Apply1(op, heap.Lazy(x))
	if err != nil {
		return 0, err
	}
	xs, err := c.Need(heap.Lazy(r), "while evaluating the return value of the `operator` passed to builtins.genericClosure").List()
	if err != nil {
		return 0, err
	}
	h := c.Heap()
	for i := range h.Len(xs) {
		if _, err := c.ForceSlot(h.ElemSlot(xs, i)); err != nil {
			return 0, err
		}
		if err := budget.Step(c, i); err != nil {
			return 0, err
		}
	}
	return xs, nil
}

// lessKey compares two keys; most are strings.
func lessKey(c *core.Call, a, b heap.Value) (bool, error) {
	h := c.Heap()
	if h.KindOf(a) == heap.String && h.KindOf(b) == heap.String {
		order, err := budget.Compare(c, h.Text(a), h.Text(b))
		return order < 0, err
	}
	return c.Less(a, b, "")
}

// A keyTree is a red-black tree of keys. Which keys are compared with which, and
// so which comparison fails first, or needs the parts of which key, depends on
// the shape of the tree: it is the one that C++'s std::map has.
type keyTree struct {
	c     *core.Call
	less  func(a, b heap.Value) (bool, error)
	nodes budget.Stack[keyNode] // the first one is no key
	root  int32
}

// newKeyTree returns an empty tree of keys that lessKey orders. It is on Go's
// heap, since every call of the operator has the frame of genericClosure below
// it.
//
//go:noinline
func newKeyTree(c *core.Call) *keyTree {
	return &keyTree{
		c:     c,
		less:  func(a, b heap.Value) (bool, error) { return lessKey(c, a, b) },
		nodes: budget.Stack[keyNode]{Budget: c},
	}
}

type keyNode struct {
	key, elem   heap.Value
	up          int32
	left, right int32 // 0 if there is none
	red         bool
}

// node returns node n.
func (t *keyTree) node(n int32) *keyNode { return t.nodes.At(int(n)) }

// add adds a node, and returns its number.
func (t *keyTree) add(node keyNode) (int32, error) {
	err := t.nodes.Push(node)
	return int32(t.nodes.Len() - 1), err
}

// insert adds a key, and reports whether there was no equal one.
func (t *keyTree) insert(key, elem heap.Value) (bool, error) {
	if t.nodes.Len() == 0 {
		if _, err := t.add(keyNode{}); err != nil {
			return false, err
		}
	}
	up, at, below := int32(0), t.root, false
	for at != 0 {
		var err error
		if below, err = t.less(key, t.node(at).key); err != nil {
			return false, err
		}
		up = at
		if below {
			at = t.node(at).left
		} else {
			at = t.node(at).right
		}
	}
	// The greatest key that the new one is not below could be equal to it.
	prev := up
	if below {
		prev = t.prev(up)
	}
	if prev != 0 {
		if above, err := t.less(t.node(prev).key, key); err != nil || !above {
			return false, err
		}
	}
	n, err := t.add(keyNode{key: key, elem: elem, up: up, red: true})
	if err != nil {
		return false, err
	}
	switch {
	case up == 0:
		t.root = n
	case below:
		t.node(up).left = n
	default:
		t.node(up).right = n
	}
	t.balance(n)
	return true, nil
}

// prev returns the node before n, in order.
func (t *keyTree) prev(n int32) int32 {
	if m := t.node(n).left; m != 0 {
		for t.node(m).right != 0 {
			m = t.node(m).right
		}
		return m
	}
	up := t.node(n).up
	for up != 0 && t.node(up).left == n {
		n, up = up, t.node(up).up
	}
	return up
}

// balance restores that no red node has a red parent, which n may have.
func (t *keyTree) balance(n int32) {
	for n != t.root && t.node(t.node(n).up).red {
		up := t.node(n).up
		top := t.node(up).up
		isLeft := up == t.node(top).left
		uncle := t.node(top).left
		if isLeft {
			uncle = t.node(top).right
		}
		if uncle != 0 && t.node(uncle).red {
			t.node(up).red, t.node(uncle).red, t.node(top).red = false, false, true
			n = top
			continue
		}
		if (n == t.node(up).left) != isLeft {
			t.rotate(up, isLeft)
			n, up = up, n
		}
		t.node(up).red, t.node(top).red = false, true
		t.rotate(top, !isLeft)
	}
	t.node(t.root).red = false
}

// rotate puts the right or left child of n into its place, and n below it.
func (t *keyTree) rotate(n int32, toLeft bool) {
	up := t.node(n).up
	var m, moved int32
	if toLeft {
		m = t.node(n).right
		moved = t.node(m).left
		t.node(n).right, t.node(m).left = moved, n
	} else {
		m = t.node(n).left
		moved = t.node(m).right
		t.node(n).left, t.node(m).right = moved, n
	}
	if moved != 0 {
		t.node(moved).up = n
	}
	t.node(m).up, t.node(n).up = up, m
	switch {
	case up == 0:
		t.root = m
	case t.node(up).left == n:
		t.node(up).left = m
	default:
		t.node(up).right = m
	}
}

// culprit returns the first element, in order, whose key cannot be compared
// with key; 0 if there is none.
func (t *keyTree) culprit(key heap.Value) (heap.Value, error) {
	if t.root == 0 {
		return 0, nil
	}
	n := t.root
	for t.node(n).left != 0 {
		n = t.node(n).left
	}
	for n != 0 {
		if err := t.c.Tick(1); err != nil {
			return 0, err
		}
		if _, err := t.less(key, t.node(n).key); isStop(err) {
			return 0, err
		} else if err != nil {
			return t.node(n).elem, nil
		}
		if m := t.node(n).right; m != 0 {
			for t.node(m).left != 0 {
				m = t.node(m).left
			}
			n = m
			continue
		}
		up := t.node(n).up
		for up != 0 && t.node(up).right == n {
			n, up = up, t.node(up).up
		}
		n = up
	}
	return 0, nil
}

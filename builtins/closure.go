package builtins

// This file defines builtins.genericClosure, and the two containers that it needs: a queue
// of the elements to visit, and a tree of the keys that were met. Both live on Go's heap
// and hold values of the evaluator's; they charge the budget of the call for their size.

import (
	"github.com/firn-lang/firn/eval/budget"
	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/eval/heap"
)

// genericClosure is builtins.genericClosure: breadth first from startSet, each key once, in
// the order in which elements were met (eval-fail-genericClosure-order in corpus/builtins).
//
// startSet is forced before operator is looked at (eval-fail-genericClosure-attribute-order).
// Quirk: an empty startSet is returned as it is, and operator may be missing then
// (eval-okay-genericClosure-laziness).
//
// Of an element only the attribute key is forced, before its operator is called. The first
// element with a key stays, whatever other attributes a later one has. Keys are equal if
// neither is less, so 1 and 1.0 are, and one context is as good as another
// (eval-okay-genericClosure-keys); a lone key is never compared and may be of any type.
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
	work := newQueue(c)
	if err := work.push(start); err != nil {
		return 0, err
	}
	for at := work.pop(); at != 0; at = work.pop() {
		// An element whose key was met leads to no call, which would tick.
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
			// The reference finds the element that the frame shows by comparing the key
			// again, with all of the tree in order; eval-fail-genericClosure-mixed-keys in
			// corpus/builtins has both frames.
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

// A queue holds the elements of lists, first in, first out: the lists, and no copy of their
// elements. Lists that are done are given up, part by part, so that a long search
// does not keep all that it visited alive.
type queue struct {
	c    *core.Call
	full [][]heap.Value // parts of budget.PartLen lists each; nil while all fit into last
	last []heap.Value   // the lists behind those in full, at most budget.PartLen
	list int            // index in the first part of the first list that is not done
	elem int            // how many elements of that list are done
}

// newQueue returns an empty queue, on Go's heap as the tree of keys is.
//
//go:noinline
func newQueue(c *core.Call) *queue { return &queue{c: c} }

// push adds the elements of a list behind all others. An empty list is dropped, so that pop
// finds an element in each list. The error is a limit's.
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

// pop removes the next element and returns its place in its list, or 0 if the queue is
// empty: the place, so that what the caller forces is remembered there.
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

// reach calls op with x and returns its list.
//
// Quirk: all elements of the list are forced at once, before any of their keys, and before
// elements that were queued earlier: eval-fail-genericClosure-operator-element in
// corpus/builtins. Elements of startSet are forced one by one, when their turn comes.
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

// lessKey reports whether a < b, as builtins.lessThan does. Strings, which most keys are,
// take a shorter way; their contexts do not count.
func lessKey(c *core.Call, a, b heap.Value) (bool, error) {
	h := c.Heap()
	if h.KindOf(a) == heap.String && h.KindOf(b) == heap.String {
		order, err := budget.Compare(c, h.Text(a), h.Text(b))
		return order < 0, err
	}
	return c.Less(a, b, "")
}

// A keyTree is a red-black tree of keys. The shape of the tree decides which keys are
// compared, and so which comparison fails first, and which parts of keys are forced. A
// program can observe that, so the shape is the one of C++'s std::map.
type keyTree struct {
	c     *core.Call
	less  func(a, b heap.Value) (bool, error)
	nodes budget.Stack[keyNode] // by number; node 0 is no key, so that 0 can stand for none
	root  int32                 // 0 while the tree is empty
}

// newKeyTree returns an empty tree of keys that lessKey orders. The tree is on Go's heap, as
// every call of the operator has the frame of genericClosure below its own.
//
//go:noinline
func newKeyTree(c *core.Call) *keyTree {
	return &keyTree{
		c:     c,
		less:  func(a, b heap.Value) (bool, error) { return lessKey(c, a, b) },
		nodes: budget.Stack[keyNode]{Budget: c},
	}
}

// A keyNode is a node of a keyTree. Nodes refer to each other by number, which takes less
// memory than pointers, and are never removed.
type keyNode struct {
	key, elem   heap.Value // elem is the element that has the key
	up          int32      // 0 for the root
	left, right int32      // 0 if there is none
	red         bool       // no red node has a red parent; all ways down have as many black ones
}

// node returns node n. The pointer is good until the next add.
func (t *keyTree) node(n int32) *keyNode { return t.nodes.At(int(n)) }

// add appends a node that no other refers to yet, and returns its number.
func (t *keyTree) add(node keyNode) (int32, error) {
	err := t.nodes.Push(node)
	return int32(t.nodes.Len() - 1), err
}

// insert adds a key with its element, and reports whether there was no equal key; if there
// was one, the tree stays as it is. The comparisons, which can force and fail, are those of
// std::map::insert: down to a leaf, then one with the key before. An error of a comparison
// leaves the tree as it is as well.
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

// prev returns the node before n in the order of keys, or 0 if n is the first.
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

// balance restores that no red node has a red parent. n is red, and the only node whose
// parent may be. Nodes on the way up are recoloured, two rotations at most are made, and no
// keys are compared.
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

// rotate puts a child of n into its place, and n below that, so that the order of keys
// stays: the right child if toLeft, or else the left one. The child must exist.
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

// culprit returns the first element, in the order of keys, whose key cannot be compared
// with key, or 0 if there is none. The error is a limit's or an interruption; those of
// comparisons are the answer.
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

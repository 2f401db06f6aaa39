package builtins

// This file defines builtins.groupBy and partition, and keys of names and places: how
// groupBy, listToAttrs and zipAttrsWith make sets of lists without a map, by sorting numbers.
//
// A key is one number: the symbol of a name in the upper 32 bits, a place in a list in the
// lower ones. Sorted keys have equal names next to each other, in the order of the list, and
// names in the order that the heap wants for a set. A map from names to slices would have
// given the groups in no order, and an allocation for each.

import (
	"github.com/firn-lang/firn/eval/budget"
	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/eval/heap"
	"github.com/firn-lang/firn/lang"
)

func keyName(key uint64) lang.Symbol { return lang.Symbol(key >> 32) }
func keyPlace(key uint64) int        { return int(uint32(key)) }

// partition is builtins.partition. Unlike filter, partition forces each element before pred
// sees it, and pred even if the list is empty, as the reference does (2.34.8). Which elements are
// right is kept as bits until both numbers are known, so that no list is made too large.
func partition(c *core.Call) (heap.Value, error) {
	f, err := c.Arg(0).Function()
	if err != nil {
		return 0, err
	}
	xs, err := c.Arg(1).List()
	if err != nil {
		return 0, err
	}
	h := c.Heap()
	n := h.Len(xs)
	var buf [8]uint64 // on the stack, for up to 512 elements
	chosen := newBitSet(buf[:], n)
	count := 0 // elements that are right
	for i := range n {
		x, err := c.ForceSlot(h.ElemSlot(xs, i))
		if err != nil {
			return 0, err
		}
		r, err := c.Apply1(f, heap.Lazy(x))
		if err != nil {
			return 0, err
		}
		ok, err := c.Need(heap.Lazy(r), "while evaluating the return value of the partition function passed to builtins.partition").Bool()
		if err != nil {
			return 0, err
		}
		if ok {
			chosen.add(i)
			count++
		}
	}
	right, ins, err := newList(c, count, 0)
	if err != nil {
		return 0, err
	}
	wrong, outs, err := newList(c, n-count, 0)
	if err != nil {
		return 0, err
	}
	j, elems := 0, h.Elems(xs) // j of the elements up to i are chosen, i-j are not
	err = inParts(c, n, func(from, to int) {
		for i := from; i < to; i++ {
			if chosen.has(i) {
				ins[j] = elems[i]
				j++
			} else {
				outs[i-j] = elems[i]
			}
		}
	})
	if err != nil {
		return 0, err
	}
	return h.AttrsOf([]heap.Entry{
		{Name: c.Intern("right"), Value: heap.Lazy(right)},
		{Name: c.Intern("wrong"), Value: heap.Lazy(wrong)},
	}), nil
}

// groupBy is builtins.groupBy. f is applied to the elements in order, which stay thunks
// unless f forces them; a result that is no string, or one with a context, is an error. The
// groups are then found by sorting keys, which keeps each group in the order of the list:
// n log n comparisons of numbers for n elements.
func groupBy(c *core.Call) (heap.Value, error) {
	f, err := c.Arg(0).Function()
	if err != nil {
		return 0, err
	}
	xs, err := c.Arg(1).List()
	if err != nil {
		return 0, err
	}
	elems := c.Heap().Elems(xs)
	keys := budget.List[uint64]{Budget: c, Want: len(elems)} // by group, then place in the list
	for i, x := range elems {
		r, err := c.Apply1(f, x)
		if err != nil {
			return 0, err
		}
		name, err := c.Need(heap.Lazy(r), "while evaluating the return value of the grouping function passed to builtins.groupBy").PlainString()
		if err != nil {
			return 0, err
		}
		if !keys.Add(placedKey(c.Intern(name), i)) {
			return 0, keys.Err
		}
	}
	n, err := sortKeys(&keys)
	if err != nil {
		return 0, err
	}
	if err := checkLarge(c, n, 2); err != nil {
		return 0, err
	}
	v, groups := c.Heap().NewAttrs(n, 0)
	at, rest := 0, []uint64(nil) // where nextName goes on
	for i := range groups {
		var part []uint64
		var n int
		if part, rest, n, err = nextName(&keys, at, rest); err != nil {
			return 0, err
		}
		at += n
		list, out, err := newList(c, n, 0)
		if err != nil {
			return 0, err
		}
		for j, k := range part {
			out[j] = elems[keyPlace(k)]
		}
		if n > len(part) { // the group goes on in parts that follow
			place := func(i int) heap.Lazy { return elems[i] }
			if err := fill(out[len(part):], &keys, at-n+len(part), place); err != nil {
				return 0, err
			}
		}
		groups[i] = heap.Entry{Name: keyName(part[0]), Value: heap.Lazy(list)}
		if err := budget.Step(c, i); err != nil {
			return 0, err
		}
	}
	return v, nil
}

// placedKey returns a number that sorts by name, then by place, which counts from 0 and is
// below 1<<32: the heap has no longer lists.
func placedKey(name lang.Symbol, place int) uint64 { return uint64(name)<<32 | uint64(place) }

// sortKeys sorts keys, which ends adding to them, and returns the number of different names:
// the size of the set to be made.
func sortKeys(keys *budget.List[uint64]) (int, error) {
	if err := budget.SortList(keys); err != nil {
		return 0, err
	}
	n, last := 0, lang.Symbol(0) // names so far; the last one, 0 for none
	for i := 0; i < keys.Len(); {
		part := keys.From(i, keys.Len())
		for _, k := range part {
			if name := keyName(k); name != last {
				n, last = n+1, name
			}
		}
		i += len(part)
		if err := keys.Budget.Tick(len(part) >> 7); err != nil {
			return 0, err
		}
	}
	return n, nil
}

// nextName returns the keys of the next name, of keys that are sorted: part has those in one
// part of keys, n is their number in all, and left is the rest of the last part seen. at is
// the index of the first key of the name; rest is left of the call before, nil in the first
// call. The caller adds n to at, and reads keys beyond part by fill.
func nextName(keys *budget.List[uint64], at int, rest []uint64) (part, left []uint64, n int, err error) {
	if len(rest) == 0 {
		rest = keys.From(at, keys.Len())
	}
	name := keyName(rest[0])
	for n = 1; n < len(rest) && keyName(rest[n]) == name; n++ {
	}
	part, rest = rest[:n], rest[n:]
	// A part that is used up does not end the name: it may go on in the parts that follow.
	for len(rest) == 0 && at+n < keys.Len() {
		if rest, err = keys.Next(at+n, keys.Len()); err != nil {
			return nil, nil, 0, err
		}
		k := 0
		for k < len(rest) && keyName(rest[k]) == name {
			k++
		}
		n, rest = n+k, rest[k:]
	}
	if n >= 64 {
		err = keys.Budget.Tick(len(part) >> 3)
	}
	return part, rest, n, err
}

// fill sets out to the elements at the places of len(out) keys, from key at on. place
// returns the element at a place. Only groups that cross parts need it.
func fill(out []heap.Lazy, keys *budget.List[uint64], at int, place func(i int) heap.Lazy) error {
	for len(out) > 0 {
		part, err := keys.Next(at, len(out))
		if err != nil {
			return err
		}
		for i, k := range part {
			out[i] = place(keyPlace(k))
		}
		out, at = out[len(part):], at+len(part)
	}
	return nil
}

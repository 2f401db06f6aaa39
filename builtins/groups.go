package builtins

// This file defines builtins.groupBy and partition, and keys of names and places: how
// groupBy, listToAttrs and zipAttrsWith make sets of lists without a map, by sorting numbers.

import (
	"github.com/firn-lang/firn/eval/budget"
	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/eval/heap"
	"github.com/firn-lang/firn/lang"
)

func keyName(key uint64) lang.Symbol { return lang.Symbol(key >> 32) }
func keyPlace(key uint64) int        { return int(uint32(key)) }

// partition is builtins.partition. Unlike filter, it forces each element before pred sees
// it, as the reference does.
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
	var buf [8]uint64
	chosen := newBitSet(buf[:], n)
	count := 0
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

// groupBy is builtins.groupBy. f is applied to the elements in order; the groups are then
// found by sorting (name, place) pairs, which keeps each group in the order of the list.
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
	at, rest := 0, []uint64(nil)
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
		if n > len(part) {
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

// placedKey returns a number that sorts by name, then by place in a list.
func placedKey(name lang.Symbol, place int) uint64 { return uint64(name)<<32 | uint64(place) }

// sortKeys sorts keys, and returns how many different names are in them.
func sortKeys(keys *budget.List[uint64]) (int, error) {
	if err := budget.SortList(keys); err != nil {
		return 0, err
	}
	n, last := 0, lang.Symbol(0) // which is no name
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

// nextName returns the keys of the next name, of keys that are sorted: those in
// the same part, and how many they are in all. at is where they start, and rest
// what is left of the part; it returns what is left behind them.
func nextName(keys *budget.List[uint64], at int, rest []uint64) (part, left []uint64, n int, err error) {
	if len(rest) == 0 {
		rest = keys.From(at, keys.Len())
	}
	name := keyName(rest[0])
	for n = 1; n < len(rest) && keyName(rest[n]) == name; n++ {
	}
	part, rest = rest[:n], rest[n:]
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

// fill sets out to what there is at the places that keys tell, from key at on.
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

package builtins

import (
	"github.com/firn-lang/firn/eval/budget"
	"github.com/firn-lang/firn/eval/heap"
	"github.com/firn-lang/firn/lang"
)

// This file defines keys of names and places: how groupBy, listToAttrs and zipAttrsWith
// make sets of lists without a map, by sorting numbers.

// placedKey returns a number that sorts by name, then by place in a list.
func placedKey(name lang.Symbol, place int) uint64 { return uint64(name)<<32 | uint64(place) }

func keyName(key uint64) lang.Symbol { return lang.Symbol(key >> 32) }
func keyPlace(key uint64) int        { return int(uint32(key)) }

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

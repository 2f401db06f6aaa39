package core

// This file defines the attributes of a set in the order of their names.

import (
	"cmp"
	"encoding/binary"
	"slices"
	"strings"

	"github.com/firn-lang/firn/eval/budget"
	"github.com/firn-lang/firn/eval/heap"
)

// From fewNames attributes on they are sorted by nameKeys, and from manyKeys on these by
// sortByPrefix.
const (
	fewNames = 16
	manyKeys = 1 << 8
)

// A nameKey stands for an attribute while attributes are sorted. Most pairs of names
// differ in prefix, so that the names need not be looked up.
type nameKey struct {
	prefix uint64 // the first 8 bytes behind what all names begin with, big-endian, with zeros behind a short name
	at     uint32 // index of the attribute in the set
}

// sortedAttrs returns the attributes of a set sorted by name.
func (w *worker) sortedAttrs(v heap.Value) []heap.Entry {
	all := w.All(v)
	if len(all) < fewNames {
		out := slices.Clone(all)
		slices.SortFunc(out, func(a, b heap.Entry) int { return strings.Compare(w.name(a.Name), w.name(b.Name)) })
		return out
	}
	// The keys are garbage soon, but there has to be room for them.
	if len(all) >= manyKeys && !w.checkSize(uint64(len(all))*5) {
		panic(errStopped)
	}
	keys := w.nameKeys(all)
	if len(keys) < manyKeys {
		slices.SortFunc(keys, func(a, b nameKey) int { return w.compareKeys(all, a, b) })
	} else {
		keys = w.sortByPrefix(keys)
		w.sortRuns(all, keys)
	}
	out := make([]heap.Entry, len(keys))
	for i, k := range keys {
		out[i] = all[k.at]
	}
	return out
}

// compareKeys compares the names of two attributes in all.
func (w *worker) compareKeys(all []heap.Entry, a, b nameKey) int {
	if a.prefix != b.prefix {
		return cmp.Compare(a.prefix, b.prefix)
	}
	return strings.Compare(w.name(all[a.at].Name), w.name(all[b.at].Name))
}

// sortByPrefix returns keys sorted by prefix. It is a radix sort, from the last byte to the
// first, that leaves out the bytes in which no two keys differ: for 50,000 names three
// times as fast as a sort by comparison.
func (w *worker) sortByPrefix(keys []nameKey) []nameKey {
	var differ uint64
	for _, k := range keys {
		differ |= k.prefix ^ keys[0].prefix
	}
	other := make([]nameKey, len(keys))
	for shift := 0; shift < 64; shift += 8 {
		if byte(differ>>shift) == 0 {
			continue
		}
		var next [256]uint32 // for each byte, where the next key with it goes
		for _, k := range keys {
			next[byte(k.prefix>>shift)]++
		}
		at := uint32(0)
		for b, n := range next {
			next[b] = at
			at += n
		}
		for i, k := range keys {
			if i%budget.PartLen == 0 {
				w.work(budget.PartLen >> 6)
			}
			b := byte(k.prefix >> shift)
			other[next[b]] = k
			next[b]++
		}
		keys, other = other, keys
	}
	return keys
}

// sortRuns sorts keys by name, which are sorted by prefix.
func (w *worker) sortRuns(all []heap.Entry, keys []nameKey) {
	for start := 0; start < len(keys); {
		end := start + 1
		for end < len(keys) && keys[end].prefix == keys[start].prefix {
			end++
		}
		if run := keys[start:end]; len(run) > 1 {
			w.sort(len(run), func(stop func()) {
				slices.SortFunc(run, func(a, b nameKey) int {
					stop()
					return w.compareKeys(all, a, b)
				})
			})
		}
		start = end
	}
}

// nameKeys returns the keys of attributes, of which there is at least one.
func (w *worker) nameKeys(all []heap.Entry) []nameKey {
	common := w.name(all[0].Name)
	for _, e := range all[1:] {
		name := w.name(e.Name)
		if strings.HasPrefix(name, common) {
			continue
		}
		n := 0
		for n < min(len(name), len(common)) && name[n] == common[n] {
			n++
		}
		if common = common[:n]; n == 0 {
			break
		}
	}
	keys := make([]nameKey, len(all))
	for i, e := range all {
		rest := w.name(e.Name)[len(common):]
		var prefix [8]byte
		copy(prefix[:], rest)
		keys[i] = nameKey{binary.BigEndian.Uint64(prefix[:]), uint32(i)}
	}
	return keys
}

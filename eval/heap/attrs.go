package heap

// This file defines attribute sets.
//
//	header        kind | code that made it | attributes of its own
//	second word   set below:32 | complete:1 | depth:4 | attributes in all:27
//	entries       symbol and Lazy, sorted by symbol
//	AttrsPos      then a position of 4 bytes for each entry
//	AttrsOf       then the two sets that it was made from, the second one first
//	AttrsFlat     then the layered set that it is all of, and what was below
//
// A set with another one below it is a layer: what it does not have is looked
// up there. When all attributes of a layered set are needed, they
// are merged once, into a flat set, which takes the place of the one below; the
// layered set is complete then.

import (
	"cmp"
	"slices"
	"unsafe"

	"github.com/firn-lang/firn/lang"
)

const (
	depthShift    = 27
	totalMask     = 1<<depthShift - 1
	depthMask     = 15
	completeFlag  = 1 << 31
	maxLayers     = 8
	maxLayerAttrs = 16
	linearSearch  = 8
)

// An Entry is an attribute in a set.
type Entry struct {
	Name  lang.Symbol
	Value Lazy
}

func (s *Space) entries(r uint32, n uint32) []Entry {
	return unsafe.Slice((*Entry)(unsafe.Add(s.base, uintptr(r+2)*wordSize)), n)
}

// own returns the attributes of the set's own layer.
func (s *Space) own(v Value) []Entry {
	return s.entries(uint32(v), uint32(s.word(uint32(v))))
}

func (s *Space) newAttrs(k Kind, code uint32, n, extra int) (Value, []Entry) {
	if n > MaxAttrs {
		panic(ErrFull)
	}
	r := s.alloc(2 + uint32(n+extra))
	s.made.Sets++
	s.made.Attributes += uint64(n)
	s.setWord(r, header(k, code, uint32(n)))
	s.setWord(r+1, uint64(n))
	return Value(r), s.entries(r, uint32(n))
}

// NewAttrs returns a set of n attributes, with its entries, to be filled at
// once, sorted by symbol. code is the code that has their positions; 0 if they have none.
func (s *Space) NewAttrs(n int, code uint32) (Value, []Entry) {
	return s.newAttrs(Attrs, code, n, 0)
}

// NewAttrsPos returns a set of n attributes that has a position for each.
func (s *Space) NewAttrsPos(n int) (Value, []Entry, []lang.Pos) {
	v, entries := s.newAttrs(AttrsPos, 0, n, (n+1)/2)
	return v, entries, s.posns(v, n)
}

func (s *Space) posns(v Value, n int) []lang.Pos {
	return unsafe.Slice((*lang.Pos)(unsafe.Add(s.base, (uintptr(v)+2+uintptr(n))*wordSize)), n)
}

// NewAttrsOf returns a set of n attributes whose positions are those of b, or
// those of a. Either may be 0.
func (s *Space) NewAttrsOf(a, b Value, n int) (Value, []Entry) {
	v, entries := s.newAttrs(AttrsOf, 0, n, 1)
	s.setWord(uint32(v)+2+uint32(n), uint64(b)|uint64(a)<<32)
	return v, entries
}

// Size returns how many attributes a set has.
func (s *Space) Size(v Value) int { return int(s.word(uint32(v)+1) & totalMask) }

func (s *Space) below(v Value) Value { return Value(s.word(uint32(v)+1) >> 32) }

func find(entries []Entry, name lang.Symbol) int {
	if len(entries) <= linearSearch {
		for i := range entries {
			if entries[i].Name >= name {
				if entries[i].Name == name {
					return i
				}
				return -1
			}
		}
		return -1
	}
	lo, hi := 0, len(entries)
	for lo < hi {
		mid := int(uint(lo+hi) >> 1)
		if entries[mid].Name < name {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	if lo < len(entries) && entries[lo].Name == name {
		return lo
	}
	return -1
}

// Find returns the place of an attribute of v, or 0 if there is none.
func (s *Space) Find(v Value, name lang.Symbol) Slot {
	// As find, without what it takes to be called for each layer, and to look at the
	// length of a slice each time: this is where a tenth of an evaluation is spent.
	for ; v != 0; v = s.below(v) {
		n := uint32(s.word(uint32(v)))
		at := (uintptr(v) + 2) * wordSize
		if n <= linearSearch {
			for end := at + uintptr(n)*wordSize; at < end; at += wordSize {
				if has := s.nameAt(at); has >= name {
					if has == name {
						return Slot(at + 4)
					}
					break
				}
			}
		} else {
			for n > 1 {
				half := n / 2
				if middle := at + uintptr(half)*wordSize; s.nameAt(middle) <= name {
					at = middle
				}
				n -= half
			}
			if s.nameAt(at) == name {
				return Slot(at + 4)
			}
		}
	}
	return 0
}

// nameAt returns the name of the attribute at an offset in bytes.
func (s *Space) nameAt(at uintptr) lang.Symbol { return *(*lang.Symbol)(unsafe.Add(s.base, at)) }

// Get returns an attribute of v, or 0 if there is none.
func (s *Space) Get(v Value, name lang.Symbol) Lazy {
	if at := s.Find(v, name); at != 0 {
		return s.Load(at)
	}
	return 0
}

// All returns all attributes of v, sorted by symbol: the heap's own memory, not
// to be written to but for replacing a thunk by what it became.
func (s *Space) All(v Value) []Entry {
	w := s.word(uint32(v) + 1)
	below := Value(w >> 32)
	switch {
	case below == 0:
		return s.own(v)
	case w&completeFlag != 0:
		return s.own(below)
	}
	// Layers are small, so they are merged among themselves first.
	var bufs [2][maxLayers * maxLayerAttrs]Entry
	over := s.own(v)
	bottom := below
	for i := 0; s.below(bottom) != 0 && s.word(uint32(bottom)+1)&completeFlag == 0; i++ {
		over = mergeInto(bufs[i&1][:0], s.own(bottom), over)
		bottom = s.below(bottom)
	}
	total := int(w & totalMask)
	flat, out := s.newAttrs(AttrsFlat, 0, total, 1)
	s.setWord(uint32(flat)+2+uint32(total), uint64(v)|uint64(below)<<32)
	s.merge(out, s.All(bottom), over)
	// Another worker may do the same; either will do.
	s.publish(uint32(v)+1, uint64(flat)<<32|completeFlag|1<<depthShift|uint64(total))
	s.became(uint32(v), uint32(flat))
	return out
}

// worked is called in loops with the number of the entry.
func (s *Space) worked(k int) {
	if k%workEntries == workEntries-1 && s.OnWork != nil {
		s.OnWork(50)
	}
}

// mergeInto appends the merger of two sorted lists to out.
func mergeInto(out, a, b []Entry) []Entry {
	n := len(a) + len(b)
	i := 0
	for _, e := range b {
		for i < len(a) && a[i].Name < e.Name {
			i++
		}
		if i < len(a) && a[i].Name == e.Name {
			n--
		}
	}
	out = out[:n]
	merge(out, a, b)
	return out
}

// workEntries is how many entries loops go through between calls of OnWork.
const workEntries = 1 << 13

// merge is the function merge, piece by piece if there is much.
func (s *Space) merge(out, a, b []Entry) {
	for s.OnWork != nil && len(out) > workEntries {
		i, j := merge(out[:workEntries], a, b)
		out, a, b = out[workEntries:], a[i:], b[j:]
		s.OnWork(20)
	}
	merge(out, a, b)
}

// merge fills out with the merger of two sorted lists; what b has wins. It
// returns how many of each it took.
func merge(out, a, b []Entry) (i, j int) {
	for k := range out {
		switch {
		case j == len(b) || i < len(a) && a[i].Name < b[j].Name:
			out[k] = a[i]
			i++
		default:
			if i < len(a) && a[i].Name == b[j].Name {
				i++
			}
			out[k] = b[j]
			j++
		}
	}
	return i, j
}

// common counts the names of b that the set a has too.
func (s *Space) common(a Value, b []Entry) int {
	n := 0
	if s.below(a) == 0 {
		if own := s.own(a); len(own) < 8*len(b) {
			i := 0
			for k, e := range b {
				s.worked(k)
				for i < len(own) && own[i].Name < e.Name {
					i++
				}
				if i < len(own) && own[i].Name == e.Name {
					n++
				}
			}
			return n
		}
	}
	for k, e := range b {
		s.worked(k)
		if s.Find(a, e.Name) != 0 {
			n++
		}
	}
	return n
}

// Update returns the attributes of a and b; where both have one, b's. copied
// is how many entries that took.
func (s *Space) Update(a, b Value) (v Value, copied int) {
	nb := s.Size(b)
	if nb == 0 {
		return a, 0
	}
	na := s.Size(a)
	if na == 0 {
		return b, 0
	}
	right := s.All(b)
	total := na + nb - s.common(a, right)
	if total > MaxAttrs {
		panic(ErrFull)
	}
	wa := s.word(uint32(a) + 1)
	depth := wa >> depthShift & depthMask
	if nb <= maxLayerAttrs && depth < maxLayers && total > nb {
		// The positions of b's attributes are known to b, unless its code does.
		base := a
		if wa&completeFlag != 0 {
			base = Value(wa >> 32)
		}
		var out []Entry
		if k := s.KindOf(b); k == Attrs && s.below(b) == 0 {
			v, out = s.NewAttrs(nb, midOf(s.word(uint32(b))))
		} else {
			v, out = s.NewAttrsOf(0, b, nb)
		}
		copy(out, right)
		s.setWord(uint32(v)+1, uint64(base)<<32|(depth+1)<<depthShift|uint64(total))
		return v, nb
	}
	v, out := s.NewAttrsOf(a, b, total)
	if total == nb {
		copy(out, right)
	} else {
		s.merge(out, s.All(a), right)
	}
	return v, total
}

// maxHistory is through how many sets, each made from the one before, the position
// of an attribute is looked for.
const maxHistory = 1000

// An Origin leads to the place where an attribute was defined: Pos, or the code
// that made the set.
type Origin struct {
	Pos  lang.Pos
	Code uint32
}

// Origin returns where attribute name of v, which has it, was defined.
func (s *Space) Origin(v Value, name lang.Symbol) Origin {
	for steps := 0; v != 0 && steps < maxHistory; steps++ {
		w := s.word(uint32(v))
		n := uint32(w)
		i := find(s.entries(uint32(v), n), name)
		if i < 0 {
			v = s.below(v)
			continue
		}
		extra := func() uint64 { return s.word(uint32(v) + 2 + n) }
		switch kindOf(w) {
		case AttrsPos:
			return Origin{Pos: s.posns(v, int(n))[i]}
		case AttrsOf:
			from := extra()
			a, b := Value(from>>32), Value(from)
			if b != 0 && s.Find(b, name) != 0 {
				v = b
			} else {
				v = a
			}
		case AttrsFlat:
			of := extra()
			layered, below := Value(of), Value(of>>32)
			if find(s.own(layered), name) >= 0 {
				v = layered
			} else {
				v = below
			}
		default:
			return Origin{Code: midOf(w)}
		}
	}
	return Origin{}
}

// SortEntries sorts entries by symbol; of several with one name it keeps the
// first.
func (s *Space) SortEntries(entries []Entry) []Entry {
	n := 0
	slices.SortStableFunc(entries, func(a, b Entry) int {
		n++
		s.worked(n)
		return cmp.Compare(a.Name, b.Name)
	})
	return slices.CompactFunc(entries, func(a, b Entry) bool { return a.Name == b.Name })
}

// AttrsOf returns the set of entries, which it sorts; of several with one name
// the first counts. The attributes have no positions.
func (s *Space) AttrsOf(entries []Entry) Value {
	if len(entries) == 0 {
		return EmptyAttrs
	}
	entries = s.SortEntries(entries)
	v, out := s.NewAttrs(len(entries), 0)
	copy(out, entries)
	return v
}

package heap

// This file defines the collection of memory that is no longer referenced:
// mark and sweep, while no worker is at work. Nothing moves. What is
// found is runs of words between what is alive; a Space takes such a run as it
// takes a chunk of fresh memory, so that allocating costs the same.
//
// Headers say what each word is, so marking is precise. Two things are special.
// The parts of a list, a partial application or a large number are apart from
// its header, since headers are copied over thunks: they are marked by
// themselves. And a place that holds a thunk that became something else holds
// that afterwards.

import (
	"math/bits"
	"slices"
	"unsafe"

	"github.com/firn-lang/firn/lang"
)

// A run is memory that is free.
type run struct {
	start, words uint64
	zero         bool // the system cleared it
}

const (
	// minRun is the least that is used again. Smaller gaps wait for their
	// neighbours.
	minRun = 32
	// largeRun is from how many words on a run is among the large ones.
	largeRun = 1024
	// releaseWords is how much has to be free in one piece to be given back to
	// the system meanwhile: 256 KiB.
	releaseWords = 1 << 15
)

// freeRuns are the runs that are free; those to be taken next are last.
type freeRuns struct{ small, large []run }

// take returns a run of words at least.
func (f *freeRuns) take(words uint64) (run, bool) {
	if n := len(f.small); words <= minRun && n > 0 {
		r := f.small[n-1]
		f.small = f.small[:n-1]
		return r, true
	}
	for i := len(f.large) - 1; i >= 0; i-- {
		r := f.large[i]
		if r.words < words {
			continue
		}
		want := words
		if words <= chunkWords/4 {
			want = chunkWords
		}
		if r.words > want {
			f.large[i].start += want
			f.large[i].words -= want
			r.words = want
		} else {
			f.large = slices.Delete(f.large, i, i+1)
		}
		return r, true
	}
	return run{}, false
}

// add adds a run.
func (f *freeRuns) add(r run) {
	if r.words < largeRun {
		f.small = append(f.small, r)
	} else {
		f.large = append(f.large, r)
	}
}

// reverse lets runs that were added in order be taken in order: low addresses first.
func (f *freeRuns) reverse() {
	slices.Reverse(f.small)
	slices.Reverse(f.large)
}

// release gives large runs back to the system, as far as they are whole pages.
func (f *freeRuns) release(base unsafe.Pointer) {
	for i := range f.large {
		r := &f.large[i]
		if r.zero || r.words < releaseWords+2*pageWords {
			continue
		}
		from := (r.start + pageWords - 1) &^ (pageWords - 1)
		to := (r.start + r.words) &^ (pageWords - 1)
		if r.zero = decommit(base, from*wordSize, to*wordSize); r.zero {
			// The rest of the first and the last page.
			clear(unsafe.Slice((*uint64)(unsafe.Add(base, r.start*wordSize)), from-r.start))
			clear(unsafe.Slice((*uint64)(unsafe.Add(base, to*wordSize)), r.start+r.words-to))
		}
	}
}

// A bitSet is a set of small numbers.
type bitSet []uint64

// Has reports whether n is in the set.
func (b bitSet) Has(n uint32) bool { return int(n/64) < len(b) && b[n/64]>>(n%64)&1 != 0 }

// add adds n, and reports whether it is new.
func (b *bitSet) add(n uint32) bool {
	if int(n/64) >= len(*b) {
		*b = append(*b, make(bitSet, int(n/64)+1-len(*b)+len(*b)/2)...)
	}
	word := &(*b)[n/64]
	if *word>>(n%64)&1 != 0 {
		return false
	}
	*word |= 1 << (n % 64)
	return true
}

// A Marker finds out what is alive.
type Marker struct {
	// What the objects that are alive refer to, outside of the heap.
	Codes, Symbols, Contexts, Failures, Externals bitSet

	// OnCode is called for each code that is met for the first time. It marks
	// what belongs to it.
	OnCode func(code uint32)
	// OnPos is called for a position, and returns the range of positions around
	// it, of which it needs no other.
	OnPos func(p lang.Pos) (from, to lang.Pos)
	// Check, if not nil, is called every millisecond or so. It may panic to end the
	// collection; nothing is free then.
	Check func()

	s        Space
	all      bool   // the whole heap is collected, with what it refers to
	first    uint32 // objects before it are alive, and not looked at
	base     uint32 // the word of bit 0 in alive: first, rounded down to a multiple of 64
	alive    bitSet // words
	stack    []uint32
	named    []uint32 // strings that know their symbol; with all only
	from, to lang.Pos
}

// Collect finds all that is not alive and makes it free. mark marks the roots.
// It may not be called while a worker is at work; afterwards every Space has to
// be reset. It returns how many bytes are alive.
func (h *Heap) Collect(m *Marker, mark func()) uint64 {
	m.s = h.Space()
	m.all = true
	m.begin(firstFree, uint32(h.next))
	mark()
	m.Drain()
	m.forget()
	return h.sweep(m) * wordSize
}

// begin prepares for marking the objects from first on, of which the last one ends before end.
func (m *Marker) begin(first, end uint32) {
	m.first, m.base = first, first&^63
	n := int(end-m.base)/64 + 1
	if cap(m.alive) < n {
		m.alive = make(bitSet, n+n/4)
	}
	m.alive = m.alive[:n]
	clear(m.alive)
	m.stack = m.stack[:0]
}

// Mark marks a root.
func (m *Marker) Mark(l Lazy) { m.push(uint32(l)) }

// MarkSymbol marks a symbol.
func (m *Marker) MarkSymbol(sym lang.Symbol) { m.Symbols.add(uint32(sym)) }

// push marks the first word of an object, whose parts are still to be marked.
func (m *Marker) push(r uint32) {
	if r >= m.first && m.mark(r) {
		m.stack = append(m.stack, r)
	}
}

// mark marks a word, and reports whether it was not marked.
func (m *Marker) mark(r uint32) bool {
	r -= m.base
	word := &m.alive[r/64]
	bit := uint64(1) << (r % 64)
	if *word&bit != 0 {
		return false
	}
	*word |= bit
	return true
}

// words marks n words from r on; false says that the first one was marked
// already. Words before m.first are never marked, and belong to an object that is met once.
func (m *Marker) words(r, n uint32) bool {
	if r < m.first {
		return true
	}
	if n == 0 || !m.mark(r) {
		return false
	}
	r -= m.base
	for i := r + 1; i < r+n; {
		if i%64 == 0 && r+n-i >= 64 {
			m.alive[i/64] = ^uint64(0)
			i += 64
			continue
		}
		m.alive[i/64] |= 1 << (i % 64)
		i++
	}
	return true
}

// slots marks what places hold, and lets them hold what thunks became.
func (m *Marker) slots(list []Lazy) {
	for i, l := range list {
		list[i] = m.slot(l)
	}
}

func (m *Marker) slot(l Lazy) Lazy {
	if w := m.s.word(uint32(l)); kindOf(w) == Indirect {
		l = Lazy(w)
	}
	m.push(uint32(l))
	return l
}

// halves is slots, for the two in one word.
func (m *Marker) halves(r uint32) {
	m.slots(unsafe.Slice((*Lazy)(unsafe.Add(m.s.base, uintptr(r)*wordSize)), 2))
}

func (m *Marker) code(n uint32) {
	if m.all && n != 0 && m.Codes.add(n) {
		m.OnCode(n)
	}
}

// Pos marks a position.
func (m *Marker) Pos(p lang.Pos) {
	if m.all && p != 0 && (p < m.from || p > m.to) {
		m.from, m.to = m.OnPos(p)
	}
}

// Drain marks what the objects that were marked refer to.
func (m *Marker) Drain() {
	for n := 1; len(m.stack) > 0; n++ {
		if n%drainStep == 0 && m.Check != nil {
			m.Check()
		}
		r := m.stack[len(m.stack)-1]
		m.stack = m.stack[:len(m.stack)-1]
		m.object(r)
	}
}

// drainStep is how many objects are marked between two calls of Check.
const drainStep = 1 << 14

// object marks the parts of an object.
func (m *Marker) object(r uint32) {
	s := &m.s
	w := s.word(r)
	if kindOf(w) >= BlackHole {
		// The worker that forced it is gone.
		w = unclaimed(w)
		s.setWord(r, w)
	}
	switch k := kindOf(w); k {
	case BigInt, Float:
		m.words(uint32(w), 1)
	case Lambda, Thunk, LambdaThunk:
		m.code(midOf(w))
		m.push(uint32(w))
	case Field:
		m.code(midOf(w))
		s.setWord(r, w&^(1<<32-1)|uint64(m.slot(Lazy(w))))
	case Partial:
		n := midOf(w)
		if body := uint32(w); m.words(body, 1+(n+1)/2) {
			m.push(uint32(s.word(body)))
			_, args := s.Partial(Value(r))
			m.slots(args)
		}
	case External:
		if m.all {
			m.Externals.add(uint32(w))
		}
	case List:
		n := uint32(s.Len(Value(r)))
		start, words := uint32(w), (n+1)/2
		if midOf(w) == longList {
			start, words = start-1, words+1
		}
		if n > 0 && m.words(start, words) {
			m.slots(s.Elems(Value(r)))
		}
	case String, Path:
		m.words(r+1, (uint32(w)+wordSize-1)/wordSize)
		if !m.all {
			break
		}
		if ctx := s.Context(Value(r)); k == String && ctx != 0 {
			m.Contexts.add(ctx)
		} else if sym := s.Symbol(Value(r)); sym != 0 {
			m.named = append(m.named, r)
		}
	case Attrs, AttrsPos, AttrsOf, AttrsFlat:
		m.attrs(r, w)
	case App1:
		head := r - midOf(w)
		if head < m.first || m.mark(head) {
			s.setWord(head, s.word(head)&^(1<<32-1)|uint64(m.slot(Lazy(s.word(head)))))
		}
		s.setWord(r, w&^(1<<32-1)|uint64(m.slot(Lazy(w))))
	case App2:
		m.words(r+1, 1)
		s.setWord(r, w&^(1<<32-1)|uint64(m.slot(Lazy(w))))
		m.halves(r + 1)
	case Indirect:
		m.push(uint32(w))
	case FailedThunk:
		if m.all {
			m.Failures.add(uint32(w))
		}
	case environment:
		n := midOf(w) &^ captured
		m.push(uint32(w))
		if n > 0 {
			m.words(r+1, (n+1)/2)
			m.slots(unsafe.Slice((*Lazy)(unsafe.Add(s.base, uintptr(r+1)*wordSize)), n))
		}
	case withEnvironment:
		m.push(uint32(w))
		m.words(r+1, 2)
		s.setWord(r+1, uint64(m.slot(Lazy(s.word(r+1)))))
		_, pos := s.With(Env(r))
		m.Pos(lang.Pos(pos))
	}
}

func (m *Marker) attrs(r uint32, w uint64) {
	s := &m.s
	n := uint32(w)
	m.code(midOf(w))
	if below := s.below(Value(r)); below != 0 {
		m.push(uint32(below))
	}
	extra := r + 2 + n
	switch kindOf(w) {
	case AttrsPos:
		m.words(r+1, 1+n+(n+1)/2)
		for _, p := range s.posns(Value(r), int(n)) {
			m.Pos(p)
		}
	case AttrsOf, AttrsFlat:
		m.words(r+1, 2+n)
		if m.all && kindOf(w) == AttrsOf && m.history(extra) > maxHistory/10 {
			// A set that is updated again and again would keep all that it was.
			s.setWord(extra, 0)
		}
		m.push(uint32(s.word(extra)))
		m.push(uint32(s.word(extra) >> 32))
	default:
		m.words(r+1, 1+n)
	}
	entries := s.entries(r, n)
	for i := range entries {
		if m.all {
			m.Symbols.add(uint32(entries[i].Name))
		}
		entries[i].Value = m.slot(entries[i].Value)
	}
}

// Alive reports whether l was marked, or is none of the objects that can be.
func (m *Marker) Alive(l Lazy) bool {
	return uint32(l) < m.first || m.alive.Has(uint32(l)-m.base)
}

// MarkClaim marks what the failed thunk l, which is alive, needs to be restored: was.
func (m *Marker) MarkClaim(l Lazy, was Claim) {
	r, w := uint32(l), uint64(was)
	m.push(uint32(w))
	switch was.Kind() {
	case App1:
		if head := r - midOf(w); head >= m.first {
			m.mark(head)
		}
		m.push(uint32(m.s.AppFn(l, was)))
	case App2:
		m.words(r+1, 1)
		m.halves(r + 1)
	}
}

// forget makes strings forget the symbols that they are the names of and that
// nothing else needs: those will be the symbols of other names.
func (m *Marker) forget() {
	for _, r := range m.named {
		if w := m.s.word(r); !m.Symbols.Has(midOf(w) - symbolFlag) {
			m.s.setWord(r, header(String, 0, uint32(w)))
		}
	}
}

// sweep makes free what is not alive, and returns how many words are alive.
func (h *Heap) sweep(m *Marker) uint64 {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.free = freeRuns{}
	live := h.next
	m.gaps(h.next, func(from, to uint64) {
		if n := to - from; n >= minRun { // a smaller one is of no use for now
			h.free.add(run{start: from, words: n})
			live -= n
		}
	})
	h.free.release(h.base)
	h.free.reverse()
	h.used.Store(live)
	return live
}

// gaps calls gap for each run of words before end that are not alive, in order.
func (m *Marker) gaps(end uint64, gap func(from, to uint64)) {
	alive, base := m.alive, uint64(m.base)
	start := uint64(m.first) // of the gap that is under way
	for i := start; i < end; {
		k := i - base
		word := alive[k/64] >> (k % 64)
		if word == 0 {
			i = base + (k/64+1)*64
			continue
		}
		i += uint64(bits.TrailingZeros64(word))
		if i >= end {
			break
		}
		if i > start {
			gap(start, i)
		}
		// All that is alive from here on.
		for {
			k := i - base
			n := min(uint64(bits.TrailingZeros64(^(alive[k/64] >> (k % 64)))), 64-k%64)
			i += n
			if n == 0 || (i-base)%64 != 0 || i >= end {
				break
			}
		}
		start = i
	}
	if start < end {
		gap(start, end)
	}
}

// pageWords is a multiple of the size of a page of memory: 64 KiB.
const pageWords = 1 << 13

// history returns how many sets, each made from the one before, the positions of
// a set come from; extra is where it says from which.
func (m *Marker) history(extra uint32) int {
	n := 0
	for ; n <= maxHistory/10; n++ {
		a := uint32(m.s.word(extra) >> 32)
		if a < firstFree || kindOf(m.s.word(a)) != AttrsOf {
			break
		}
		extra = a + 2 + uint32(m.s.word(a))
	}
	return n
}

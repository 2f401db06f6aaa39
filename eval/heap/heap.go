// Package heap holds what evaluation makes: values, thunks and environments,
// in one reserved range of memory that Go's garbage collector never looks at.
//
// An object is one word of 8 bytes or several; a reference to it is the number
// of its first word, in 32 bits, so that a heap holds 32 GiB. The first word is
// the header:
//
//	kind:8 | code or count:24 | payload:32
//
// No Go pointer is stored: bytes are copied in, and everything else (contexts
// of strings, builtins, syntax) is an index into a table of the owner of the
// heap. So a heap has no addresses, and could be written to a file.
//
//	Lazy    a value, or a thunk that will become one
//	Value   a value in weak head normal form
//	Env     the variables of one call, let or with
//	Slot    a place that holds a Lazy, in a set, list or environment
//
// The zero reference is nothing: no value, or a failure.
//
// Objects whose value is one word (numbers, functions, lists) are copied over the
// thunk that became them, others are left where they are and the thunk becomes
// an indirection. That makes a function's reference its identity, which
// equality in Nix can observe, the same as in the reference.
//
// A Space is what one worker allocates from; everything is reached through
// one. Spaces of one heap may be used by different goroutines at the same time;
// one Space by one goroutine at a time only. This package is the only one with
// unsafe code.
package heap

// This file defines the heap and how words are allocated.

import (
	"errors"
	"runtime"
	"sync"
	"sync/atomic"
	"unsafe"
)

// A Lazy is a reference to a value, or to a thunk that will become one.
type Lazy uint32

// A Value is a reference to a value in weak head normal form.
type Value uint32

// An Env is a reference to an environment.
type Env uint32

// A Slot is a place that holds a Lazy: its offset in bytes.
type Slot uintptr

// A Kind says what an object is.
type Kind uint8

// Kinds of objects. Up to External they are values of one word.
const (
	None Kind = iota
	Null
	Bool
	Int // fits into the header
	BigInt
	Float
	Lambda
	Builtin
	Partial // a function applied to too few arguments
	External
	List
	String
	Path
	Attrs     // its positions are known to its code
	AttrsPos  // it has a position for each attribute
	AttrsOf   // its positions are those of the two sets that it was made from
	AttrsFlat // all attributes of a layered set

	Thunk       // code and environment
	Field       // code that looks something up in a value
	App1        // function and argument
	App2        // function and two arguments
	LambdaThunk // a closure that was not forced yet, which programs can observe
	Indirect
	Early       // what stands for an argument that could not be evaluated before its call
	FailedThunk // a thunk whose evaluation failed: number of the failure

	environment
	withEnvironment
	appHead // of a block of App1

	// BlackHole is a thunk that is being forced. Its word says what it was, and
	// by whom: see Claim.
	BlackHole Kind = 1 << 7

	lastWord  = List
	lastValue = AttrsFlat
)

// IsAttrs reports whether k is one of the kinds of attribute sets.
func (k Kind) IsAttrs() bool { return k >= Attrs && k <= AttrsFlat }

// IsInt reports whether k is one of the kinds of integers.
func (k Kind) IsInt() bool { return k == Int || k == BigInt }

// IsFunction reports whether k is one of the kinds of functions.
func (k Kind) IsFunction() bool { return k >= Lambda && k <= Partial }

// Objects that every heap has.
const (
	NullValue    Value = 1
	False        Value = 2
	True         Value = 3
	EmptyList    Value = 4
	EmptyStr     Value = 5
	EmptyAttrs   Value = 6 // two words
	EarlyFailure Lazy  = 8 // of kind Early

	smallInts = 16
	minSmall  = -16
	maxSmall  = 1023
	firstFree = smallInts + maxSmall - minSmall + 1
)

const (
	wordSize = 8
	maxWords = 1 << 32

	smallReserve = 1 << 28 // bytes, where addresses are few
	minReserve   = 1 << 26

	// chunkWords is how much a worker takes from the heap at a time.
	chunkWords = 1 << 15

	// MaxCode is the largest number of a piece of code, context or builtin.
	MaxCode = 1<<24 - 1
)

// ErrFull is what allocation panics with when the heap is full. The
// caller that starts an evaluation recovers it.
var ErrFull = errors.New("out of memory: the evaluator's heap is full")

// ErrBudget is what allocation panics with when much more than the budget was
// taken: then the code that allocates does not check its limits.
var ErrBudget = errors.New("out of memory: the evaluation's budget is used up")

// overdraft is how many words may be taken beyond the budget: 16 MiB.
const overdraft = 1 << 21

// A Heap is the memory of one evaluator.
type Heap struct {
	base  unsafe.Pointer
	keep  []uint64      // the memory, where it is Go's
	words uint64        // reserved
	used  atomic.Uint64 // words that spaces have
	limit atomic.Uint64 // in words; beyond it Exhausted is true

	mu   sync.Mutex
	next uint64   // words from here on were never used, and are zero
	free freeRuns // what is free before
}

// New reserves a heap. limit is how many bytes may be used; 0 stands for as
// many as can be reserved.
func New(limit uint64) (*Heap, error) {
	h := &Heap{}
	size := uint64(maxWords * wordSize)
	if unsafe.Sizeof(uintptr(0)) == 4 {
		size = smallReserve
	}
	collected := false
	for {
		mem, keep, err := reserve(size)
		if err == nil {
			h.base, h.keep, h.words = mem, keep, size/wordSize
			break
		}
		switch {
		case size > smallReserve:
			size /= 2
		case !collected:
			// Unreferenced heaps may hold the address space that is missing.
			runtime.GC()
			runtime.GC()
			collected = true
		case size > minReserve:
			size /= 2
		default:
			return nil, err
		}
	}
	h.next = firstFree
	h.used.Store(firstFree)
	h.SetLimit(limit)
	s := Space{base: h.base}
	s.setWord(uint32(NullValue), header(Null, 0, 0))
	s.setWord(uint32(False), header(Bool, 0, 0))
	s.setWord(uint32(True), header(Bool, 0, 1))
	s.setWord(uint32(EmptyList), header(List, 0, 0))
	s.setWord(uint32(EmptyStr), header(String, 0, 0))
	s.setWord(uint32(EmptyAttrs), header(Attrs, 0, 0))
	s.setWord(uint32(EarlyFailure), header(Early, 0, 0))
	for i := minSmall; i <= maxSmall; i++ {
		s.setWord(uint32(smallInts+i-minSmall), intWord(int64(i)))
	}
	if h.keep == nil {
		type memory struct {
			base unsafe.Pointer
			size uint64
		}
		runtime.AddCleanup(h, func(m memory) { release(m.base, m.size) }, memory{h.base, h.words * wordSize})
	}
	return h, nil
}

// SetLimit sets how many bytes may be used; 0 stands for as many as there are.
func (h *Heap) SetLimit(bytes uint64) {
	words := bytes / wordSize
	if words == 0 || words > h.words-h.words/16 {
		words = h.words - h.words/16
	}
	h.limit.Store(words)
}

// Limit returns how many bytes may be used.
func (h *Heap) Limit() uint64 { return h.limit.Load() * wordSize }

// Used returns how many bytes are in use, counting what workers took to
// allocate from.
func (h *Heap) Used() uint64 { return h.used.Load() * wordSize }

// Exhausted reports whether more is used than the limit says. The heap goes on
// to give out memory for a while, so that the caller can stop in order.
func (h *Heap) Exhausted() bool { return h.used.Load() > h.limit.Load() }

// Fits reports whether words more words fit below the limit.
func (h *Heap) Fits(words uint64) bool {
	return words < h.words && h.used.Load()+words <= h.limit.Load()
}

// take reserves memory for a space: words at least, and many more if that is
// few. It returns where they are and how many.
func (h *Heap) take(words uint64) (start, n uint64) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if r, ok := h.free.take(words); ok {
		h.used.Add(r.words)
		if !r.zero {
			clear(unsafe.Slice((*uint64)(unsafe.Add(h.base, r.start*wordSize)), r.words))
		}
		return r.start, r.words
	}
	return h.fresh(words)
}

// takeFresh is take, of memory that is behind all that is in use.
func (h *Heap) takeFresh(words uint64) (start, n uint64) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.fresh(words)
}

// fresh is takeFresh. h.mu is held.
func (h *Heap) fresh(words uint64) (start, n uint64) {
	n = words
	if words <= chunkWords/4 {
		n = chunkWords
	}
	start = h.next
	end := start + n
	// The last word stays free: the end of a heap of full size is no 32-bit number.
	if end >= h.words || end < n {
		panic(ErrFull)
	}
	commit(h.base, start*wordSize, end*wordSize)
	h.next = end
	h.used.Add(n)
	return start, n
}

// Space returns a space of the heap.
func (h *Heap) Space() Space { return Space{base: h.base, heap: h, budget: 1 << 62} }

// A Space is what one worker allocates from, and reads and writes the heap
// through.
type Space struct {
	base unsafe.Pointer
	// at is the next word that is free, and above it the number of objects that
	// were made of this chunk: counting them costs nothing that way.
	at    uint64
	limit uint32 // the end of the words that are free
	heap  *Heap
	free  [freeSizes]uint32 // environments to use again, by words of slots

	// Credit is how much work its worker may do before it looks at its limits.
	// Taking memory beyond the budget, or beyond the limit of the heap, leaves
	// none.
	Credit int
	// OnWork, if not nil, is called by loops over many attributes every now and
	// then. It may panic to end them; nothing is changed then. n is about how
	// many microseconds it has been.
	OnWork func(n int)
	budget uint64 // words that may be taken
	taken  uint64 // words that were taken, without those that are free again

	regions

	earlier uint64 // words that were taken before Begin
	objects uint64 // of the chunks before this one
	made    Counts // but for objects and bytes
}

// oneObject is the number 1 in the upper half of Space.at.
const oneObject = 1 << 32

// Counts says what was made in a Space, garbage or not.
type Counts struct {
	Objects, Bytes   uint64 // of values, thunks and environments; bytes are also what Charge was told
	Lists, Elements  uint64 // elements of all lists
	Sets, Attributes uint64 // attributes of all sets, without those of the layers below
	Envs, Slots      uint64 // environments, without those that were used again; and their variables
}

// Add adds what other counts.
func (c *Counts) Add(other *Counts) {
	c.Objects += other.Objects
	c.Bytes += other.Bytes
	c.Lists += other.Lists
	c.Elements += other.Elements
	c.Sets += other.Sets
	c.Attributes += other.Attributes
	c.Envs += other.Envs
	c.Slots += other.Slots
}

// Made returns what was made since there is the Space.
func (s *Space) Made() Counts {
	c := s.made
	c.Objects, c.Bytes = s.Progress()
	return c
}

// Progress returns how many objects and bytes were made since there is the Space.
func (s *Space) Progress() (objects, bytes uint64) {
	return s.objects + s.at>>32, (s.earlier + s.taken - s.left()) * wordSize
}

// left returns how many words s has to allocate from.
func (s *Space) left() uint64 { return uint64(s.limit - uint32(s.at)) }

// Heap returns the heap that s is a space of.
func (s *Space) Heap() *Heap { return s.heap }

// Begin starts to count what is taken. bytes is how many may be; 0 stands for
// any number.
func (s *Space) Begin(bytes uint64) {
	s.EndRegion(0)
	s.earlier += s.taken
	s.taken, s.budget = 0, bytes/wordSize
	if bytes == 0 {
		s.budget = 1 << 62
	}
}

// Charge counts bytes that are elsewhere as taken.
func (s *Space) Charge(bytes uint64) {
	if s.taken += bytes / wordSize; s.taken > s.budget {
		s.Credit = 0
	}
}

// Taken returns how many bytes were taken since Begin.
func (s *Space) Taken() uint64 { return s.taken * wordSize }

// Overdrawn reports whether more than the budget was taken.
func (s *Space) Overdrawn() bool { return s.taken > s.budget }

// Room returns how many bytes more are within the budget and the limit of the
// heap.
func (s *Space) Room() uint64 {
	if s.taken >= s.budget {
		return 0
	}
	used, limit := s.heap.used.Load(), s.heap.limit.Load()
	if used >= limit {
		return 0
	}
	return min(s.budget-s.taken, limit-used) * wordSize
}

// Affords reports whether words more words are within the budget.
func (s *Space) Affords(words uint64) bool { return words <= s.budget && s.taken+words <= s.budget }

// Reset forgets what s has to allocate from.
func (s *Space) Reset() {
	s.forgetChunk()
	s.regions = regions{}
}

func (s *Space) alloc(words uint32) uint32 {
	at := s.at
	r := uint32(at)
	if words > s.limit-r {
		return s.allocSlow(uint64(words))
	}
	s.at = at + (oneObject | uint64(words))
	return r
}

func (s *Space) allocSlow(words uint64) uint32 {
	if s.taken > s.budget+overdraft || words > s.budget+overdraft {
		panic(ErrBudget)
	}
	var r, n uint64
	if len(s.stack) > 0 {
		r, n = s.takeInRegion(words)
	} else {
		r, n = s.heap.take(words)
	}
	if s.taken += n; s.taken > s.budget || s.heap.Exhausted() {
		s.Credit = 0
	}
	s.objects++
	if words > chunkWords/4 {
		return uint32(r)
	}
	s.objects += s.at >> 32
	s.at, s.limit = r+words, uint32(r+n)
	return uint32(r)
}

func (s *Space) word(r uint32) uint64 {
	return *(*uint64)(unsafe.Add(s.base, uintptr(r)*wordSize))
}

func (s *Space) setWord(r uint32, w uint64) {
	*(*uint64)(unsafe.Add(s.base, uintptr(r)*wordSize)) = w
}

func header(k Kind, mid, low uint32) uint64 {
	return uint64(k)<<56 | uint64(mid)<<32 | uint64(low)
}

func kindOf(w uint64) Kind  { return Kind(w >> 56) }
func midOf(w uint64) uint32 { return uint32(w>>32) & MaxCode }

// Kind returns what l is.
func (s *Space) Kind(l Lazy) Kind {
	return kindOf(s.word(uint32(l)))
}

// KindOf returns what v is.
func (s *Space) KindOf(v Value) Kind { return s.Kind(Lazy(v)) }

// IsValue reports whether l needs no forcing.
func (s *Space) IsValue(l Lazy) bool { return s.Kind(l) <= lastValue }

// Load returns what the slot holds.
func (s *Space) Load(at Slot) Lazy { return *(*Lazy)(unsafe.Add(s.base, at)) }

// Store changes what the slot holds, to what it became.
func (s *Space) Store(at Slot, v Value) {
	publish32((*uint32)(unsafe.Add(s.base, at)), uint32(v))
}

// ordered says that this kind of machine lets others see writes in the order in
// which they were made. What refers to an object is written after the object, so
// plain writes will do there. Reads need nothing anywhere: they get the address
// from what they read before.
const ordered = runtime.GOARCH == "amd64" || runtime.GOARCH == "386"

func publish32(p *uint32, x uint32) {
	if ordered {
		*p = x
	} else {
		atomic.StoreUint32(p, x)
	}
}

// publish is setWord, for a word that other workers may read meanwhile.
func (s *Space) publish(r uint32, w uint64) {
	p := (*uint64)(unsafe.Add(s.base, uintptr(r)*wordSize))
	if ordered && unsafe.Sizeof(uintptr(0)) == 8 {
		*p = w
	} else {
		atomic.StoreUint64(p, w)
	}
}

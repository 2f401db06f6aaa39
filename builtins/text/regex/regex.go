package regex

// This file defines compiled patterns and their cache.

import (
	"bytes"
	"errors"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/firn-lang/firn/eval/budget"
)

var (
	errSyntax = errors.New("invalid")
	errSpace  = errors.New("memory limit exceeded")
)

// An Error says that a pattern cannot be used.
type Error struct {
	Pattern string
	Space   bool // it needs too much memory; otherwise it is malformed
}

// maxShown is how much of a pattern messages show.
const maxShown = 1 << 20

// ErrorCode returns the code that evaluators give the error.
func (e *Error) ErrorCode() string { return "invalid-regex" }

func (e *Error) Error() string {
	pattern := e.Pattern
	if len(pattern) > maxShown {
		pattern = pattern[:maxShown] + "…"
	}
	if e.Space {
		return "memory limit exceeded by regular expression '" + pattern + "'"
	}
	return "invalid regular expression '" + pattern + "'"
}

// A Regexp is a compiled pattern. Several goroutines may use it at the same
// time.
type Regexp struct {
	pattern string
	nodes   []node
	sets    []set
	groups  int
	reps    int

	class   [256]uint8 // of each byte: bytes of the same class are in the same sets
	members []byte     // one byte of each class

	// What follows is computed by prepare, when it is first needed.
	prepareOnce sync.Once

	entries  []int32 // node of each entry
	entryOf  []int32 // entry of each node; only those after a byte have one
	accepts  []bool  // nodes from where an accept is reached without a byte or an anchor
	hasAlt   bool    // some node is opAlt
	hasBol   bool
	match    program
	search   program
	used     atomic.Int64 // insts in all rows
	cache    *Cache       // that it is or was in; or nil
	machines sync.Pool    // of *machine
	builders sync.Pool    // of *builder

	shape     shape
	literal   string // for shapes other than shapeGeneral
	freeSteps int    // 0 in tests
}

// A shape is a kind of pattern that needs no automaton to match.
type shape uint8

const (
	shapeGeneral shape = iota
	shapeLiteral       // lit
	shapeInfix         // .*lit.*, without the byte 0
)

// maxPattern is how long a pattern may be. One that is longer hardly ever keeps
// within maxNodes.
const maxPattern = 1 << 22

// Compile parses a pattern. The error is an *Error, or of the budget.
func Compile(pattern string, b budget.Budget) (*Regexp, error) {
	if len(pattern) > maxPattern {
		return nil, &Error{Pattern: pattern, Space: true}
	}
	p := parser{src: pattern, budget: b}
	switch err := p.parse(); err {
	case nil:
	case errSyntax, errSpace:
		return nil, &Error{Pattern: pattern, Space: err == errSpace}
	default:
		return nil, err
	}
	re := &Regexp{
		pattern: pattern,
		nodes:   p.nodes,
		sets:    p.sets,
		groups:  p.open,
		reps:    int(p.reps),

		freeSteps: freeSteps,
	}
	if err := budget.Charge(b, int(16*re.size())); err != nil {
		return nil, err
	}
	re.findShape()
	if re.shape != shapeGeneral {
		return re, nil // it may not need them
	}
	return re, re.splitClasses(b)
}

// String returns the pattern.
func (re *Regexp) String() string { return re.pattern }

// NumGroups returns the number of groups, without the match itself.
func (re *Regexp) NumGroups() int { return re.groups }

func (re *Regexp) spaceError() error { return &Error{Pattern: re.pattern, Space: true} }

// findShape recognises patterns without groups that are plain text, or plain
// text with .* before and after it.
func (re *Regexp) findShape() {
	if re.groups > 0 {
		return // even if they cannot match: (a){0}b
	}
	var lit []byte
	n := re.nodes[0].next
	infix := re.isAnyStar(n)
	if infix {
		n = re.nodes[n].next
	}
	for ; re.nodes[n].op == opByte; n = re.nodes[n].next {
		c, ok := re.sets[re.nodes[n].arg].single()
		if !ok {
			return
		}
		lit = append(lit, c)
	}
	if infix {
		if !re.isAnyStar(n) {
			return
		}
		n = re.nodes[n].next
	}
	if re.nodes[n].op != opAccept || len(lit) == 0 || infix && bytes.IndexByte(lit, 0) >= 0 {
		return
	}
	re.shape, re.literal = shapeLiteral, string(lit)
	if infix {
		re.shape = shapeInfix
	}
}

// isAnyStar reports whether node n is the repetition of .*
func (re *Regexp) isAnyStar(n int32) bool {
	if re.nodes[n].op != opRepeat || re.nodes[n].alt < 0 {
		return false
	}
	body := re.nodes[re.nodes[n].alt]
	return body.op == opByte && body.next == n && re.sets[body.arg] == anySet()
}

// prepare computes what the rows are built from.
func (re *Regexp) prepare() {
	if re.members == nil {
		_ = re.splitClasses(nil)
	}
	re.entryOf = make([]int32, len(re.nodes))
	for i := range re.entryOf {
		re.entryOf[i] = -1
	}
	re.entries = make([]int32, rootEntries)
	for i := range re.entries {
		re.entries[i] = re.nodes[0].next
	}
	// Only nodes that can be reached: a fragment that was cloned is left over.
	seen := make([]bool, len(re.nodes))
	todo := []int32{re.nodes[0].next}
	for len(todo) > 0 {
		id := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if seen[id] {
			continue
		}
		seen[id] = true
		n := re.nodes[id]
		switch n.op {
		case opByte:
			if re.entryOf[n.next] < 0 {
				re.entryOf[n.next] = int32(len(re.entries))
				re.entries = append(re.entries, n.next)
			}
		case opAlt:
			re.hasAlt = true
			todo = append(todo, n.alt)
		case opRepeat:
			todo = append(todo, n.alt)
		case opBol:
			re.hasBol = true
		case opAccept:
			continue
		}
		todo = append(todo, n.next)
	}
	re.findAccepts()
	re.match = program{rows: make([]atomic.Pointer[row], len(re.entries)), whole: true}
	re.search = program{rows: make([]atomic.Pointer[row], len(re.entries)), longest: re.hasAlt}
	re.machines.New = func() any { return newMachine(re) }
	re.builders.New = func() any { return newBuilder(re) }
}

// findAccepts computes re.accepts, from the end backwards.
func (re *Regexp) findAccepts() {
	// The edges that consume nothing, reversed: lists of edges by their end.
	// Edge 2*n is that to nodes[n].next, edge 2*n+1 that to alt.
	heads := make([]int32, len(re.nodes))
	links := make([]int32, 2*len(re.nodes))
	for i := range heads {
		heads[i] = -1
	}
	edge := func(e, to int32) {
		if to >= 0 {
			links[e], heads[to] = heads[to], e
		}
	}
	for i, n := range re.nodes {
		switch n.op {
		case opAlt, opRepeat:
			edge(int32(2*i+1), n.alt)
			edge(int32(2*i), n.next)
		case opBegin, opEnd, opDummy:
			edge(int32(2*i), n.next)
		}
	}
	re.accepts = make([]bool, len(re.nodes))
	todo := []int32{int32(len(re.nodes) - 1)} // the only opAccept
	re.accepts[todo[0]] = true
	for len(todo) > 0 {
		n := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		for e := heads[n]; e >= 0; e = links[e] {
			if from := e / 2; !re.accepts[from] {
				re.accepts[from] = true
				todo = append(todo, from)
			}
		}
	}
}

// splitClasses puts two bytes into the same class unless a set tells them
// apart.
func (re *Regexp) splitClasses(b budget.Budget) error {
	count := 1
	for i := range re.sets {
		if b != nil {
			if err := b.Tick(1); err != nil {
				return err
			}
		}
		var moved [256]uint16 // for each class: 1 + the class of its bytes in the set
		var in, out [256]bool
		for c := range 256 {
			if re.sets[i].has(byte(c)) {
				in[re.class[c]] = true
			} else {
				out[re.class[c]] = true
			}
		}
		for c := range 256 {
			k := re.class[c]
			if !in[k] || !out[k] || !re.sets[i].has(byte(c)) {
				continue
			}
			if moved[k] == 0 {
				count++
				moved[k] = uint16(count)
			}
		}
		for c := range 256 {
			if k := re.class[c]; moved[k] != 0 && re.sets[i].has(byte(c)) {
				re.class[c] = uint8(moved[k] - 1)
			}
		}
		if count == 256 {
			break
		}
	}
	re.members = make([]byte, count)
	for c := 255; c >= 0; c-- {
		re.members[re.class[c]] = byte(c)
	}
	return nil
}

// A Cache keeps compiled patterns. The zero Cache is ready; several goroutines
// may use it at the same time. Patterns that were not used for long are given up
// when all need much memory: a cache has two shelves, and the older one is dropped
// when the other is full.
type Cache struct {
	recent atomic.Pointer[shelf] // nil if the cache is empty

	mu    sync.Mutex // held to change recent and older
	older *shelf
}

// A shelf has patterns.
type shelf struct {
	compiled sync.Map     // string to *Regexp
	size     atomic.Int64 // of them, about, in units of 16 bytes
}

// maxShelf is the size from which on a shelf is the older one, in units of 16
// bytes.
const maxShelf = 8 << 20 / 16

// size returns how much memory re takes, about, in units of 16 bytes.
func (re *Regexp) size() int64 {
	const empty = 64
	return empty + int64(len(re.pattern)/16+len(re.nodes)+2*len(re.sets)) + re.used.Load()
}

// Get compiles the pattern unless that was done before. Failures are not kept.
// Nor is the pattern itself, but a copy.
func (c *Cache) Get(pattern string, b budget.Budget) (*Regexp, error) {
	if s := c.recent.Load(); s != nil && s.size.Load() <= maxShelf {
		if re, ok := s.compiled.Load(pattern); ok {
			return re.(*Regexp), nil
		}
	}
	if re := c.find(pattern, nil); re != nil {
		return re, nil
	}
	if len(pattern) > maxPattern {
		return nil, &Error{Pattern: strings.Clone(pattern[:maxShown+1]), Space: true}
	}
	pattern = strings.Clone(pattern)
	re, err := Compile(pattern, b)
	if err != nil {
		return nil, err
	}
	re.cache = c
	return c.find(pattern, re), nil
}

// find returns a pattern that is kept, or nil. fresh, if not nil, is kept if it
// is not.
func (c *Cache) find(pattern string, fresh *Regexp) *Regexp {
	c.mu.Lock()
	defer c.mu.Unlock()
	s := c.recent.Load()
	if s == nil || s.size.Load() > maxShelf {
		c.older, s = s, new(shelf)
		c.recent.Store(s)
	}
	if re, ok := s.compiled.Load(pattern); ok {
		return re.(*Regexp)
	}
	if c.older != nil {
		if re, ok := c.older.compiled.LoadAndDelete(pattern); ok {
			fresh = re.(*Regexp)
			c.older.size.Add(-fresh.size())
		}
	}
	if fresh != nil {
		s.compiled.Store(fresh.pattern, fresh)
		s.size.Add(fresh.size())
	}
	return fresh
}

// grown counts n more units of memory that a pattern takes.
func (c *Cache) grown(n int64) {
	if c == nil {
		return
	}
	if s := c.recent.Load(); s != nil {
		s.size.Add(n)
	}
}

// Size returns how many bytes the patterns take, about.
func (c *Cache) Size() uint64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	var n int64
	for _, s := range []*shelf{c.recent.Load(), c.older} {
		if s != nil {
			n += s.size.Load()
		}
	}
	return 16 * uint64(max(n, 0))
}

// Empty gives all patterns up. Those that are in use stay as they are.
func (c *Cache) Empty() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.recent.Store(nil)
	c.older = nil
}

package core

// This file defines code: what thunks, closures and sets refer to by number.

import (
	"cmp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/firn-lang/firn/eval/heap"
	"github.com/firn-lang/firn/lang"
)

// A unit is a source text with its code, or something else that code belongs to. It is
// alive as long as a value refers to a piece of its code; a collection drops the others.
type unit struct {
	tree    *lang.Tree // nil if the unit is no text
	dir     string     // where relative paths in the text start
	globals *globals   // which names the text knows

	codes   []uint32      // numbers of its code; under codeTable.mu
	values  []heap.Lazy   // values that its nodes refer to, kept alive with it; under codeTable.mu
	renamed atomic.Bool   // lambdas got names after parsing
	symbols []lang.Symbol // names in tree, for collections; nil until one asks
	mark    int           // number of the last collection that the unit survived
}

// print returns x as messages show expressions. Paths in it are those that programs may see. It may
// set w.err.
func (u *unit) print(w *worker, x lang.Expr) string {
	text := u.tree.PrintExpr(x, u.dir, w.ev.opt.Home)
	if prefix := w.ev.pending; prefix == "" || !strings.Contains(text, prefix) {
		return text
	}
	dir, ok := w.settled(u.dir)
	if !ok {
		dir = w.shown(u.dir)
	}
	return u.tree.PrintExpr(x, dir, w.ev.opt.Home)
}

// A code is an expression that can be delayed, or a function that can be called. It is
// prepared for execution when that first happens: of a large file, most never is.
type code struct {
	unit *unit
	expr lang.Expr // nil if body was there from the start
	body body      // no meaning before ready
	// made says that unit and expr are set, ready that body is. They are set under
	// codeTable.mu, and are atomic since a number reaches other workers by way of the
	// heap, of which Go's memory model knows nothing.
	made, ready atomic.Bool
	fn          atomic.Pointer[function] // of a lambda that was called; nil before
}

// A body is an expression that is prepared for execution.
type body struct {
	node node
	cost int // bytes of stack that evaluating it takes, without what it forces and calls
}

const (
	codePageBits = 7
	codePage     = 1 << codePageBits
	codeBookBits = 9
	codeBook     = 1 << codeBookBits
	codeBooks    = (heap.MaxCode + 1) / codePage / codeBook
)

// A codeTable has all code by number; thunks, closures and sets hold numbers. Reading is
// without a lock: pages never move. 0 is no number.
//
// Pages are in books, and both are small, since most evaluators have little code: one page
// of a table of pages would take more than all else that an evaluator begins with.
type codeTable struct {
	mu    sync.Mutex // held to add and drop code
	next  uint32     // first number that was never used
	free  []uint32   // numbers of code that was dropped, to be used again
	books [codeBooks]atomic.Pointer[[codeBook]atomic.Pointer[[codePage]code]]
}

// init makes the first page, so that number 0 is not given out.
func (t *codeTable) init() {
	t.next = 1
	t.page(0).Store(new([codePage]code))
}

// page returns the place of the page of number n. The caller must hold t.mu.
func (t *codeTable) page(n uint32) *atomic.Pointer[[codePage]code] {
	place := &t.books[n>>(codePageBits+codeBookBits)]
	book := place.Load()
	if book == nil {
		book = new([codeBook]atomic.Pointer[[codePage]code])
		place.Store(book)
	}
	return &book[n>>codePageBits&(codeBook-1)]
}

// len returns how many numbers are in use.
func (t *codeTable) len() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return int(t.next) - len(t.free)
}

// add gives a number to code of u.
func (t *codeTable) add(u *unit, x lang.Expr) uint32 {
	t.mu.Lock()
	defer t.mu.Unlock()
	n := t.number(u, x)
	u.codes = append(u.codes, n)
	return n
}

// number gives a number to x, an expression of u, or to a node if x is nil. The caller must
// hold t.mu.
func (t *codeTable) number(u *unit, x lang.Expr) uint32 {
	n := t.next
	if k := len(t.free); k > 0 {
		n = t.free[k-1]
		t.free = t.free[:k-1]
	} else {
		if n > heap.MaxCode {
			// The heap cannot say more: end in order, as when it is full.
			panic(heap.ErrFull)
		}
		t.next++
	}
	place := t.page(n)
	page := place.Load()
	if page == nil {
		page = new([codePage]code)
		place.Store(page)
	}
	c := &page[n&(codePage-1)]
	c.unit, c.expr = u, x
	c.made.Store(true)
	return n
}

// put says what became of code that a compiler numbered: it is its unit's, or of
// no use since the unit was not prepared to the end.
func (t *codeTable) put(u *unit, codes []uint32, values []heap.Lazy, ok bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if ok {
		u.codes = append(u.codes, codes...)
		u.values = append(u.values, values...)
		return
	}
	t.release(codes)
}

// release gives numbers back.
func (t *codeTable) release(codes []uint32) {
	for _, n := range codes {
		c := t.code(n)
		c.unit, c.expr, c.body = nil, nil, body{}
		c.ready.Store(false)
		c.made.Store(false)
		c.fn.Store(nil)
	}
	t.free = append(t.free, codes...)
}

// addNode gives a number to code of u that is no expression.
func (t *codeTable) addNode(u *unit, n node) uint32 {
	t.mu.Lock()
	defer t.mu.Unlock()
	num := t.number(u, nil)
	t.setNode(num, n)
	u.codes = append(u.codes, num)
	return num
}

// setNode sets the node of code that addNode made, once it is known.
func (t *codeTable) setNode(num uint32, n node) {
	c := t.code(num)
	c.body = body{node: n, cost: frameBase}
	c.ready.Store(true)
}

// trim gives back pages of which no number is in use.
func (t *codeTable) trim() {
	used := map[uint32]bool{}
	for n := uint32(1); n < t.next; n++ {
		if page := t.page(n).Load(); page != nil && page[n&(codePage-1)].made.Load() {
			used[n>>codePageBits] = true
		}
	}
	for n := uint32(codePage); n < t.next; n += codePage {
		if !used[n>>codePageBits] {
			t.page(n).Store(nil)
		}
	}
	// Low numbers first, so that high ones fall into pages without use.
	slices.SortFunc(t.free, func(a, b uint32) int { return cmp.Compare(b, a) })
}

// drop forgets the code of a unit.
func (t *codeTable) drop(u *unit) {
	t.release(u.codes)
	u.codes = nil
}

// code returns code n, with unit and expr set.
func (t *codeTable) code(n uint32) *code {
	c := t.at(n)
	c.made.Load()
	return c
}

// at is code, of which only what is atomic may be looked at.
func (t *codeTable) at(n uint32) *code {
	book := t.books[n>>(codePageBits+codeBookBits)].Load()
	return &book[n>>codePageBits&(codeBook-1)].Load()[n&(codePage-1)]
}

// body returns code n, prepared for execution.
func (w *worker) body(n uint32) *body {
	c := w.ev.codes.at(n)
	if !c.ready.Load() {
		w.prepare(w.ev.codes.code(n))
	}
	return &c.body
}

// prepare compiles c. Two workers may do so at once; the first one counts, so that
// nodes that others have met stay the same.
func (w *worker) prepare(c *code) {
	b := w.compileBody(c.unit, c.expr)
	t := &w.ev.codes
	t.mu.Lock()
	defer t.mu.Unlock()
	if !c.ready.Load() {
		c.body = *b
		c.ready.Store(true)
	}
}

// function returns the function that the closures of code n are.
func (w *worker) function(n uint32) *function {
	c := w.ev.codes.at(n)
	if f := c.fn.Load(); f != nil {
		return f
	}
	c.made.Load()
	f := w.newFunction(c.unit, c.expr.(*lang.Lambda))
	if !c.fn.CompareAndSwap(nil, f) {
		f = c.fn.Load()
	}
	return f
}

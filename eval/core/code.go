package core

// This file defines code: what thunks, closures and sets refer to by number.

import (
	"sync"
	"sync/atomic"

	"github.com/firn-lang/firn/eval/heap"
	"github.com/firn-lang/firn/lang"
)

// A unit is one source text, as far as its code has to know it.
type unit struct {
	tree    *lang.Tree
	dir     string // what relative paths are relative to
	globals *globals
}

// print returns x as messages show expressions.
func (u *unit) print(ev *Evaluator, x lang.Expr) string {
	return u.tree.PrintExpr(x, u.dir, ev.opt.Home)
}

// A code is an expression that can be delayed, or a function that can be
// called. It is prepared for execution when that first happens.
type code struct {
	unit *unit
	expr lang.Expr // nil if body was there from the start
	body body
	// ready says that body is set. Whoever sets it holds the lock of the table.
	ready atomic.Bool
	fn    atomic.Pointer[function] // of a closure
}

// A body is an expression that is prepared for execution.
type body struct {
	node node
	cost int // bytes of stack that evaluating it takes, but for what it forces and calls
}

const (
	codePageBits = 12
	codePage     = 1 << codePageBits
	codePages    = (heap.MaxCode + 1) / codePage
)

// codeTable numbers code. Numbers start at 1.
type codeTable struct {
	ev    *Evaluator
	mu    sync.Mutex
	count uint32
	pages [codePages]atomic.Pointer[[codePage]code]
}

func (t *codeTable) init(ev *Evaluator) {
	t.ev = ev
	t.count = 1
	t.pages[0].Store(new([codePage]code))
}

// add gives a number to code.
func (t *codeTable) add(u *unit, x lang.Expr) uint32 {
	t.mu.Lock()
	defer t.mu.Unlock()
	n := t.count
	if n > heap.MaxCode {
		// The heap cannot say more: end in order, as when it is full.
		panic(heap.ErrFull)
	}
	page := t.pages[n>>codePageBits].Load()
	if page == nil {
		page = new([codePage]code)
		t.pages[n>>codePageBits].Store(page)
	}
	c := &page[n&(codePage-1)]
	c.unit, c.expr = u, x
	t.count++
	return n
}

// addNode gives a number to code that is no expression.
func (t *codeTable) addNode(n node) uint32 {
	num := t.add(nil, nil)
	c := t.code(num)
	c.body = body{node: n, cost: frameBase}
	c.ready.Store(true)
	return num
}

func (t *codeTable) code(n uint32) *code {
	return &t.pages[n>>codePageBits].Load()[n&(codePage-1)]
}

// body returns code n, prepared for execution.
func (t *codeTable) body(n uint32) *body {
	c := t.code(n)
	if !c.ready.Load() {
		t.prepare(c)
	}
	return &c.body
}

func (t *codeTable) prepare(c *code) {
	b := compileBody(t.ev, c.unit, c.expr)
	t.mu.Lock()
	defer t.mu.Unlock()
	if !c.ready.Load() {
		c.body = *b
		c.ready.Store(true)
	}
}

// function returns the function that the closures of code n are.
func (t *codeTable) function(n uint32) *function {
	c := t.code(n)
	if f := c.fn.Load(); f != nil {
		return f
	}
	f := newFunction(t.ev, c.unit, c.expr.(*lang.Lambda))
	c.fn.Store(f)
	return f
}

// Package gen writes random Nix programs, for fuzzing the parser and for
// comparing it with the reference implementation.
//
//	Program   a program over the whole grammar of Nix 2.34, in messy layout
//	Mutate    a program with a little random damage, mostly not valid any more
//	Tokens    the pieces that Mutate works on; reducers can use them too
//
// Programs are there to be parsed, not evaluated: they are well formed and
// well scoped, but hardly ever well typed. The grammar is written out once
// more here, apart from package lang, so that the two can disagree.
package gen

// This file defines Program and the rules for expressions.

import (
	"math"
	"math/rand/v2"
)

// Options bounds and steers Program.
type Options struct {
	MaxDepth int  // how deep expressions nest; 0 means 10
	MaxLen   int  // size in bytes, approximately: what is open gets closed; 0 means 2000
	Pipes    bool // also write |> and <|
	Closed   bool // refer only to what is in scope, below a with, or one of true, false, null and builtins
}

// Program returns a random program. The same state of r gives the same program.
func Program(r *rand.Rand, opt Options) string {
	return newGenerator(r, opt).program()
}

// A generator is the state while one program is written.
type generator struct {
	*layout
	opt    Options
	limit  int             // from this many bytes on, whatever is open is closed
	depth  int             // how many expressions enclose this place
	names  []string        // variables in scope, innermost last
	withs  int             // how many with-scopes enclose this place
	plans  int             // how many sets and lets were planned
	chosen map[string]bool // names of the rules chosen so far; only the tests read it
}

func newGenerator(r *rand.Rand, opt Options) *generator {
	if opt.MaxDepth <= 0 {
		opt.MaxDepth = 10
	}
	if opt.MaxLen <= 0 {
		opt.MaxLen = 2000
	}
	// Small programs are as likely as large ones: they fail for one reason
	// at a time, large ones for several together.
	limit := math.Exp(r.Float64() * math.Log(float64(opt.MaxLen)))
	return &generator{layout: newLayout(r), opt: opt, limit: int(limit), chosen: map[string]bool{}}
}

func (g *generator) program() string {
	g.expr()
	g.end()
	return string(g.buf)
}

// A rule is one way to write something.
type rule struct {
	name   string
	weight int
	leaf   bool // can be written when there is no room left
	write  func(*generator)
	ok     func(*generator) bool // nil if the rule is always allowed
}

// choose writes one of the rules, by weight.
func (g *generator) choose(rows []rule) {
	full, hungry := g.full(), g.hungry()
	allowed := func(row *rule) bool {
		if full && !row.leaf || hungry && row.leaf {
			return false
		}
		return row.ok == nil || row.ok(g)
	}
	total := 0
	for i := range rows {
		if allowed(&rows[i]) {
			total += rows[i].weight
		}
	}
	n := g.IntN(total)
	for i := range rows {
		row := &rows[i]
		if !allowed(row) {
			continue
		}
		if n -= row.weight; n < 0 {
			g.chosen[row.name] = true
			row.write(g)
			return
		}
	}
}

// full reports that there is no room left, so that only leaves are written.
func (g *generator) full() bool {
	return g.depth >= g.opt.MaxDepth || len(g.buf) >= g.limit
}

// hungry reports that the program should grow. Without it, most programs end
// long before the size they were given.
func (g *generator) hungry() bool {
	return g.depth < g.opt.MaxDepth/2 && g.limit-len(g.buf) > 100 && g.chance(0.7)
}

// more reports whether one more part should follow in a sequence.
func (g *generator) more(p float64) bool {
	return !g.full() && (g.hungry() || g.chance(p))
}

// below writes something that is nested one level deeper.
func (g *generator) below(write func(*generator)) {
	g.depth++
	write(g)
	g.depth--
}

// The tables are filled here, because their rows and the functions that
// choose from them refer to each other.
var exprRules, simpleRules, selectRules []rule

func init() {
	exprRules = []rule{
		{name: "operators", weight: 20, leaf: true, write: (*generator).op},
		{name: "lambda", weight: 3, write: (*generator).lambda},
		{name: "lambda with formals", weight: 4, write: (*generator).lambdaFormals},
		{name: "let", weight: 4, write: (*generator).let},
		{name: "if", weight: 3, write: (*generator).ifThenElse},
		{name: "assert", weight: 2, write: (*generator).assert},
		{name: "with", weight: 2, write: (*generator).with},
		{name: "pipe into", weight: 3, write: pipe("|>"), ok: (*generator).pipes},
		{name: "pipe from", weight: 3, write: pipe("<|"), ok: (*generator).pipes},
	}
	simpleRules = []rule{
		{name: "variable", weight: 16, leaf: true, write: (*generator).variable},
		{name: "integer", weight: 5, leaf: true, write: (*generator).integer},
		{name: "float", weight: 3, leaf: true, write: (*generator).float},
		{name: "string", weight: 7, leaf: true, write: (*generator).quoted},
		{name: "indented string", weight: 6, leaf: true, write: (*generator).indented},
		{name: "path", weight: 3, leaf: true, write: (*generator).path},
		{name: "interpolated path", weight: 3, write: (*generator).interpolatedPath},
		{name: "search path", weight: 1, leaf: true, write: (*generator).searchPath},
		{name: "URI", weight: 1, leaf: true, write: (*generator).uri},
		{name: "__curPos", weight: 1, leaf: true, write: func(g *generator) { g.tok("__curPos") }},
		{name: "parentheses", weight: 8, write: (*generator).parens},
		{name: "list", weight: 5, write: (*generator).list},
		{name: "empty list", weight: 1, leaf: true, write: func(g *generator) { g.toks("[", "]") }},
		{name: "set", weight: 6, write: func(g *generator) { g.set(g.newAttrSet(false)) }},
		{name: "recursive set", weight: 3, write: func(g *generator) { g.set(g.newAttrSet(true)) }},
		{name: "empty set", weight: 1, leaf: true, write: func(g *generator) { g.toks("{", "}") }},
		{name: "legacy let", weight: 1, write: (*generator).legacyLet},
	}
	selectRules = []rule{
		{name: "no select", weight: 30, leaf: true, write: (*generator).simple},
		{name: "select", weight: 8, write: (*generator).selectAttr},
		{name: "select with default", weight: 4, write: (*generator).selectOr},
		{name: "or as an argument", weight: 2, leaf: true, write: (*generator).applyOr, ok: (*generator).orInScope},
	}
}

func (g *generator) pipes() bool { return g.opt.Pipes }

func (g *generator) expr() {
	g.below(func(g *generator) { g.choose(exprRules) })
}

func (g *generator) simple() { g.choose(simpleRules) }

func (g *generator) lambda() {
	name := g.identifier()
	g.toks(name, ":")
	g.within([]string{name}, (*generator).expr)
}

func (g *generator) let() {
	g.tok("let")
	plan := g.plan(g.newAttrSet(true), false)
	g.within(plan.names(), func(g *generator) {
		g.bindings(plan)
		g.tok("in")
		g.expr()
	})
}

func (g *generator) ifThenElse() {
	for _, keyword := range []string{"if", "then", "else"} {
		g.tok(keyword)
		g.expr()
	}
}

func (g *generator) assert() {
	g.tok("assert")
	g.expr()
	g.tok(";")
	g.expr()
}

func (g *generator) with() {
	g.tok("with")
	g.expr()
	g.tok(";")
	g.withs++
	g.expr()
	g.withs--
}

func pipe(op string) func(*generator) {
	return func(g *generator) {
		g.op()
		for again := true; again; again = g.more(0.4) {
			g.tok(op)
			g.op()
		}
	}
}

// app writes an expression that may have arguments.
func (g *generator) app() {
	g.selectOrSimple()
	for g.chance(0.2) && !g.full() {
		g.chosen["application"] = true
		g.selectOrSimple()
	}
}

func (g *generator) selectOrSimple() { g.choose(selectRules) }

func (g *generator) selectAttr() {
	g.simple()
	g.tok(".")
	g.attrPath()
}

func (g *generator) selectOr() {
	g.selectAttr()
	g.tok("or")
	g.below((*generator).selectOrSimple)
}

// applyOr writes "x or", which applies x to a variable named or, although or
// is a keyword.
func (g *generator) applyOr() {
	g.simple()
	g.tok("or")
}

func (g *generator) parens() {
	g.tok("(")
	g.expr()
	g.tok(")")
}

func (g *generator) list() {
	g.tok("[")
	for g.more(0.6) {
		g.below((*generator).selectOrSimple)
	}
	g.tok("]")
}

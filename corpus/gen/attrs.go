package gen

// This file defines what binds names: attribute sets, let, formals, and the
// variables that refer to them.

import (
	"slices"
	"strings"
)

// identifiers are few, so that names are often the same, and awkward: many
// begin or end like something else.
var identifiers = []string{
	"a", "b", "c", "x", "y", "z", "f", "foo", "bar", "A", "_", "_x", "x1", "a'", "a''b", "x-y", "a-", "a--", "e3", "E5", "body",
	"or'", "or-", "if'", "thenx", "in-", "let_", "rec1", "inherit2", "true", "null", "builtins", "http",
	"__sub", "__lessThan", "__findFile", "__nixPath", "__overrides", "__functor", "a-rather-long-name_with'everything",
}

// oddNames can only be written in quotes, except or.
var oddNames = []string{"or", "or", "or", "", "a b", "if", "rec", "1", "1x", "é", "${", "a.b", "'", "\"", "\\", "\n", "$"}

// globals are variables that exist everywhere. With Options.Closed only the
// first four are used.
var globals = []string{"true", "false", "null", "builtins", "map", "toString", "import", "throw", "derivation", "__add", "__head", "removeAttrs"}

func (g *generator) identifier() string { return pick(g.Rand, identifiers...) }

func (g *generator) orInScope() bool { return g.withs > 0 || slices.Contains(g.names, "or") }

// within writes something that sees some more variables.
func (g *generator) within(names []string, write func(*generator)) {
	n := len(g.names)
	g.names = append(g.names, names...)
	write(g)
	g.names = g.names[:n]
}

// variable writes a reference.
func (g *generator) variable() {
	name := g.visible()
	if slices.Contains(oddNames, name) { // cannot be referred to
		name = "true"
	}
	g.tok(name)
}

// visible returns a name that is in scope. It can be one of the oddNames.
func (g *generator) visible() string {
	switch {
	case g.withs > 0 && g.chance(0.3), !g.opt.Closed && g.chance(0.01):
		return g.identifier()
	case len(g.names) > 0 && g.chance(0.9):
		return pick(g.Rand, g.names...)
	case g.opt.Closed:
		return pick(g.Rand, globals[:4]...)
	}
	return pick(g.Rand, globals...)
}

// An attrSet is what is known of a set while it is written: what keeps
// attributes from being defined twice, but lets the parts of one attribute
// (a.x = 1; a = { y = 2; };) come together.
type attrSet struct {
	attrs   map[string]*attrSet // nil: an attribute that nothing can be added to
	rec     bool
	plan    int  // the plan that made it
	parts   int  // how many set literals it is written as, so far
	written bool // its first part is
}

func (g *generator) newAttrSet(rec bool) *attrSet {
	return &attrSet{attrs: map[string]*attrSet{}, rec: rec, plan: g.plans}
}

// fresh returns a name that is not an attribute of s; very seldom one that is.
func (g *generator) fresh(s *attrSet) string {
	name := g.identifier()
	if g.chance(0.15) {
		name = pick(g.Rand, oddNames...)
	}
	for {
		if _, taken := s.attrs[name]; !taken || g.chance(0.0005) {
			return name
		}
		name = "x" + string(rune('a'+g.IntN(26))) + string(rune('a'+g.IntN(26)))
	}
}

// An attrName is one part of an attribute path.
type attrName struct {
	name    string
	dynamic bool // the name is an expression instead
}

// A binding is planned before it is written, since values can refer to names
// that are bound later.
type binding struct {
	path   []attrName
	target *attrSet // not nil if the value is a set literal, whose attributes belong here
	rec    bool     // that set literal is recursive

	inherits bool
	from     bool // the names are inherited from a set
}

type plan struct {
	set      *attrSet
	bindings []binding
}

// names returns the variables that the bindings define, if they do.
func (p plan) names() []string {
	var names []string
	for name := range p.set.attrs {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// plan decides what is bound in s. In let, which is not dynamic, attribute
// paths may not begin with an expression.
func (g *generator) plan(s *attrSet, dynamic bool) plan {
	g.plans++
	s.parts++
	p := plan{set: s}
	room := g.limit - len(g.buf)
	for again := g.chance(0.95); again; again = g.more(0.55) && room > 0 {
		room -= 20 // at least; nothing is written yet
		var b binding
		switch {
		case g.chance(0.12):
			b = g.planInherit(s)
		case g.chance(0.1):
			b = g.planInheritFrom(s)
		default:
			b = g.planPath(s, dynamic)
		}
		p.bindings = append(p.bindings, b)
	}
	return p
}

func (g *generator) planInherit(s *attrSet) binding {
	b := binding{inherits: true}
	for range g.IntN(4) {
		name := g.visible()
		if _, taken := s.attrs[name]; !taken {
			s.attrs[name] = nil
			b.path = append(b.path, attrName{name: name})
		}
	}
	return b
}

func (g *generator) planInheritFrom(s *attrSet) binding {
	b := binding{inherits: true, from: true}
	most := 4
	if s.parts > 1 {
		// The reference gets several names wrong in a set that is merged
		// into another one.
		most = 2
	}
	for range g.IntN(most) {
		name := g.fresh(s)
		s.attrs[name] = nil
		b.path = append(b.path, attrName{name: name})
	}
	return b
}

func (g *generator) planPath(s *attrSet, dynamic bool) binding {
	var b binding
	for g.chance(0.25) && len(b.path) < 4 {
		if dynamic && g.chance(0.15) {
			b.path = append(b.path, attrName{dynamic: true})
			s = g.newAttrSet(false)
		} else {
			name, sub := g.extensible(s)
			if sub == nil {
				name, sub = g.fresh(s), g.newAttrSet(false)
				s.attrs[name] = sub
			}
			b.path = append(b.path, attrName{name: name})
			s = sub
		}
		dynamic = true
	}
	switch name, sub := g.extensible(s); {
	case sub != nil:
		b.path = append(b.path, attrName{name: name})
		// "rec" on a set that is added to another one has no effect: what
		// it defines would not be in scope.
		b.target, b.rec = sub, sub.rec && g.chance(0.5)
	case dynamic && g.chance(0.1):
		b.path = append(b.path, attrName{dynamic: true})
	default:
		name := g.fresh(s)
		if g.chance(0.25) {
			b.rec = g.chance(0.3)
			b.target = g.newAttrSet(b.rec)
		}
		s.attrs[name] = b.target
		b.path = append(b.path, attrName{name: name})
	}
	return b
}

// extensible sometimes returns an attribute of s that is a set literal, to
// add to it. Not one from a plan of an enclosing set which is not written
// yet: its first part would then be here, and decide whether it is recursive.
func (g *generator) extensible(s *attrSet) (string, *attrSet) {
	if !g.chance(0.3) {
		return "", nil
	}
	var names []string
	for name, sub := range s.attrs {
		if sub != nil && (sub.written || sub.plan == g.plans) {
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		return "", nil
	}
	slices.Sort(names)
	name := pick(g.Rand, names...)
	return name, s.attrs[name]
}

// bindings writes what was planned.
func (g *generator) bindings(p plan) {
	for _, b := range p.bindings {
		if b.inherits {
			g.inherit(b)
		} else {
			p.set.markWritten(b.path)
			g.attrs(b.path)
			g.tok("=")
			g.value(b)
		}
		g.tok(";")
	}
}

func (s *attrSet) markWritten(path []attrName) {
	for _, a := range path {
		if s = s.attrs[a.name]; s == nil || a.dynamic {
			return
		}
		s.written = true
	}
}

func (g *generator) inherit(b binding) {
	g.tok("inherit")
	kind := "inherit"
	if b.from {
		kind = "inherit from"
		g.parens()
	}
	for _, a := range b.path {
		g.attr(a, false)
	}
	if len(b.path) == 0 {
		kind += " nothing"
	}
	g.chosen[kind] = true
}

func (g *generator) value(b binding) {
	if b.target == nil {
		g.expr()
		return
	}
	if len(b.target.attrs) > 0 {
		g.chosen["merge sets"] = true
	}
	parens := 0
	for g.chance(0.1) { // a set in parentheses is merged as well
		parens++
		g.tok("(")
	}
	g.below(func(g *generator) { g.setLiteral(b.target, b.rec) })
	for range parens {
		g.tok(")")
	}
}

func (g *generator) set(s *attrSet) { g.setLiteral(s, s.rec) }

func (g *generator) setLiteral(s *attrSet, rec bool) {
	if rec {
		g.tok("rec")
	}
	g.tok("{")
	plan := g.plan(s, true)
	names := plan.names()
	if !rec {
		names = nil
	}
	g.within(names, func(g *generator) { g.bindings(plan) })
	g.tok("}")
}

func (g *generator) legacyLet() {
	g.tok("let")
	g.setLiteral(g.newAttrSet(true), false)
}

// attrPath writes the attribute path of a select or "?".
func (g *generator) attrPath() {
	path := []attrName{g.anyAttr()}
	for g.chance(0.3) {
		path = append(path, g.anyAttr())
	}
	g.attrs(path)
}

func (g *generator) anyAttr() attrName {
	switch {
	case !g.full() && g.chance(0.1):
		return attrName{dynamic: true}
	case g.chance(0.15):
		return attrName{name: pick(g.Rand, oddNames...)}
	}
	return attrName{name: g.identifier()}
}

func (g *generator) attrs(path []attrName) {
	if len(path) > 1 {
		g.chosen["attribute path"] = true
	}
	for i, a := range path {
		if i > 0 {
			g.tok(".")
		}
		g.attr(a, true)
	}
}

// attr writes an attribute name. If constant is true, it can also be
// ${"name"}, which is the same as "name".
func (g *generator) attr(a attrName, constant bool) {
	bare := a.name == "or" || !slices.Contains(oddNames, a.name)
	switch {
	case a.dynamic && g.chance(0.3):
		g.chosen["attribute with interpolation"] = true
		g.quotedWithInterpolation()
	case a.dynamic:
		g.chosen["attribute ${}"] = true
		g.toks("${")
		g.expr()
		g.tok("}")
	case constant && g.chance(0.03):
		g.chosen["attribute ${\"\"}"] = true
		g.toks("${", quote(a.name), "}")
	case !bare || g.chance(0.08):
		g.chosen["quoted attribute"] = true
		g.tok(quote(a.name))
	default:
		if a.name == "or" {
			g.chosen["attribute or"] = true
		}
		g.tok(a.name)
	}
}

// quote returns name as a string literal.
func quote(name string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, `$`, `\$`, "\n", `\n`).Replace(name) + `"`
}

// lambdaFormals writes a function of a set: { a, b ? 1, ... }@args: body.
func (g *generator) lambdaFormals() {
	formals := g.newAttrSet(true)
	var names []string
	for g.chance(0.7) && len(names) < 8 {
		if name := g.fresh(formals); !slices.Contains(oddNames, name) {
			formals.attrs[name] = nil
			names = append(names, name)
		}
	}
	all, at := names, ""
	if g.chance(0.4) {
		for at = "or"; slices.Contains(oddNames, at); {
			at = g.fresh(formals)
		}
		all = append(slices.Clone(names), at)
	}
	g.within(all, func(g *generator) {
		before := at != "" && g.chance(0.5)
		if before {
			g.chosen["@ before"] = true
			g.toks(at, "@")
		}
		g.formals(names)
		if at != "" && !before {
			g.chosen["@ after"] = true
			g.toks("@", at)
		}
		g.tok(":")
		g.expr()
	})
}

func (g *generator) formals(names []string) {
	g.tok("{")
	for i, name := range names {
		if i > 0 {
			g.tok(",")
		}
		g.tok(name)
		if g.chance(0.35) {
			g.chosen["default"] = true
			g.tok("?")
			g.expr()
		}
	}
	ellipsis := g.chance(0.35)
	if len(names) > 0 && (ellipsis || g.chance(0.2)) {
		g.tok(",")
		if !ellipsis {
			g.chosen["trailing comma"] = true
		}
	}
	if ellipsis {
		g.chosen["ellipsis"] = true
		g.tok("...")
	}
	g.tok("}")
	if len(names) == 0 {
		g.chosen["no formals"] = true
	}
}

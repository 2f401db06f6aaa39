package main

// This file reads the tags of a grammar, and computes first sets.

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// A grammar is all productions of a file.
type grammar struct {
	pkg     string
	prods   []*production
	byName  map[string]*production
	unions  []*union
	byUnion map[string]*union
	manual  map[string][]string // productions parsed by hand: what they start with
	depth   []string            // unions that count how deeply they nest
	done    []string            // productions whose method done is called behind them
}

// A union is an interface type and the productions that it stands for.
type union struct {
	name    string
	members []string
	level   bool // a struct that holds the node
}

// A production is a struct with parser tags.
type production struct {
	name   string
	hasPos bool
	fields []*field
	expr   node
	nodes  bool // embeds production: makes a node of the tree
	level  bool // has a field for the node: stands for other productions, like a union
}

type field struct {
	name    string
	typ     string // without []
	slice   bool
	ptr     bool
	tag     string
	expect  []string
	recover string
}

// A node is part of a production's right-hand side.
type node interface{}

type (
	seq  []node
	alt  []node
	term struct { // one token of a set
		tokens  []string
		field   *field // which field's tag it is in
		capture bool
	}
	sub   struct{ field *field } // @@
	group struct {
		x    node
		mode byte // 0, '?', '*' or '+'
	}
	look struct { // (?= A )
		tokens []string
		field  *field
	}
)

var firstDirective = regexp.MustCompile(`gengrammar:first (\w+) = (.*)`)

var (
	depthDirective = regexp.MustCompile(`gengrammar:depth (.*)`)
	doneDirective  = regexp.MustCompile(`gengrammar:done (.*)`)
)

func readGrammar(name string, src []byte) (*grammar, error) {
	f, err := parser.ParseFile(token.NewFileSet(), name, src, parser.ParseComments)
	if err != nil {
		return nil, err
	}
	g := &grammar{pkg: f.Name.Name, byName: map[string]*production{}, byUnion: map[string]*union{}, manual: map[string][]string{}}
	for _, m := range firstDirective.FindAllStringSubmatch(string(src), -1) {
		g.manual[m[1]] = strings.Fields(m[2])
	}
	if m := depthDirective.FindSubmatch(src); m != nil {
		g.depth = strings.Fields(string(m[1]))
	}
	if m := doneDirective.FindSubmatch(src); m != nil {
		g.done = strings.Fields(string(m[1]))
	}
	for _, decl := range f.Decls {
		gen, ok := decl.(*ast.GenDecl)
		if !ok {
			continue
		}
		for _, spec := range gen.Specs {
			switch spec := spec.(type) {
			case *ast.TypeSpec:
				if st, ok := spec.Type.(*ast.StructType); ok {
					if err := g.addProduction(spec.Name.Name, st); err != nil {
						return nil, fmt.Errorf("%s: %w", spec.Name.Name, err)
					}
				}
			case *ast.ValueSpec:
				g.addUnions(spec)
			}
		}
	}
	g.flattenLevels()
	return g, nil
}

// flattenLevels replaces unions that are levels of one union by its members.
func (g *grammar) flattenLevels() {
	for _, level := range g.unions {
		if inner := g.byUnion[level.members[0]]; inner != nil {
			level.members = inner.members
			level.level = true
			g.unions = slices.DeleteFunc(g.unions, func(u *union) bool { return u == inner })
		} else if len(level.members) == 1 {
			level.level = true
		}
	}
}

// addUnions finds the calls participle.Union[T](&a{}, …).
func (g *grammar) addUnions(spec *ast.ValueSpec) {
	ast.Inspect(spec, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return true
		}
		fn, ok := call.Fun.(*ast.IndexExpr)
		if !ok {
			return true
		}
		u := &union{name: fn.Index.(*ast.Ident).Name}
		for _, arg := range call.Args {
			u.members = append(u.members, arg.(*ast.UnaryExpr).X.(*ast.CompositeLit).Type.(*ast.Ident).Name)
		}
		g.unions = append(g.unions, u)
		g.byUnion[u.name] = u
		return false
	})
}

func (g *grammar) addProduction(name string, st *ast.StructType) error {
	p := &production{name: name}
	for _, f := range st.Fields.List {
		if len(f.Names) == 0 {
			p.nodes = true
			continue
		}
		if f.Names[0].Name == "Pos" {
			p.hasPos = true
		}
		if f.Names[0].Name == "node" {
			p.level = true
		}
		if f.Tag == nil {
			continue
		}
		raw, err := strconv.Unquote(f.Tag.Value)
		if err != nil {
			return err
		}
		tag := reflect.StructTag(raw)
		fd := &field{name: f.Names[0].Name, tag: tag.Get("parser"), expect: strings.Fields(tag.Get("expect")), recover: tag.Get("recover")}
		t := f.Type
		if arr, ok := t.(*ast.ArrayType); ok {
			fd.slice, t = true, arr.Elt
		}
		if star, ok := t.(*ast.StarExpr); ok {
			fd.ptr, t = true, star.X
		}
		switch t := t.(type) {
		case *ast.Ident:
			fd.typ = t.Name
		case *ast.SelectorExpr:
			fd.typ = t.X.(*ast.Ident).Name + "." + t.Sel.Name
		default:
			return fmt.Errorf("field %s: unsupported type", fd.name)
		}
		p.fields = append(p.fields, fd)
	}
	if len(p.fields) == 0 {
		return nil
	}
	r := &tagReader{}
	for _, fd := range p.fields {
		for _, word := range tagWord.FindAllString(fd.tag, -1) {
			r.words = append(r.words, tagToken{word, fd})
		}
	}
	p.expr = r.alternatives()
	if p.level && !p.nodes {
		u := &union{name: name, members: []string{p.fields[0].typ}}
		g.unions = append(g.unions, u)
		g.byUnion[name] = u
		return r.err
	}
	if r.err == nil && r.next < len(r.words) {
		r.err = fmt.Errorf("unexpected %q in the tag of %s", r.words[r.next].text, r.words[r.next].field.name)
	}
	g.prods = append(g.prods, p)
	g.byName[name] = p
	return r.err
}

var tagWord = regexp.MustCompile(`\(\?=|@@|\w+|[^\s\w]`)

type tagToken struct {
	text  string
	field *field
}

// A tagReader parses the words of all tags of a production, in order.
type tagReader struct {
	words []tagToken
	next  int
	err   error
}

func (r *tagReader) peek() string {
	if r.next < len(r.words) {
		return r.words[r.next].text
	}
	return ""
}

func (r *tagReader) take() tagToken {
	if r.next == len(r.words) {
		r.err = fmt.Errorf("unexpected end of tags")
		return tagToken{field: &field{}}
	}
	r.next++
	return r.words[r.next-1]
}

func (r *tagReader) alternatives() node {
	out := alt{r.sequence()}
	for r.peek() == "|" {
		r.take()
		out = append(out, r.sequence())
	}
	if len(out) == 1 {
		return out[0]
	}
	return out
}

func (r *tagReader) sequence() node {
	var out seq
	for r.err == nil {
		switch r.peek() {
		case "", "|", ")":
			return out
		}
		out = append(out, r.item())
	}
	return out
}

func (r *tagReader) item() node {
	var x node
	switch t := r.take(); t.text {
	case "(?=":
		x = look{r.tokenSet(), t.field}
		r.expect(")")
		return x
	case "(":
		x = r.alternatives()
		r.expect(")")
		if mode := r.repeat(); mode != 0 {
			return group{x, mode}
		}
		if one, ok := x.(seq); ok && len(one) == 1 {
			return one[0]
		}
		// ( A | B ) of tokens is one token.
		if alts, ok := x.(alt); ok {
			if set, ok := tokenAlternatives(alts, t.field); ok {
				return set
			}
		}
		return group{x, 0}
	case "@@":
		x = sub{t.field}
	case "@":
		if r.peek() == "(" {
			r.take()
			x = term{r.tokenSet(), t.field, true}
			r.expect(")")
		} else {
			x = term{[]string{r.take().text}, t.field, true}
		}
	default:
		x = term{[]string{t.text}, t.field, false}
	}
	if mode := r.repeat(); mode != 0 {
		return group{x, mode}
	}
	return x
}

func tokenAlternatives(alts alt, f *field) (term, bool) {
	set := term{field: f}
	for _, a := range alts {
		s, ok := a.(seq)
		if !ok || len(s) != 1 {
			return set, false
		}
		t, ok := s[0].(term)
		if !ok || t.capture {
			return set, false
		}
		set.tokens = append(set.tokens, t.tokens...)
	}
	return set, true
}

func (r *tagReader) tokenSet() []string {
	out := []string{r.take().text}
	for r.peek() == "|" {
		r.take()
		out = append(out, r.take().text)
	}
	return out
}

func (r *tagReader) repeat() byte {
	switch p := r.peek(); p {
	case "?", "*", "+":
		r.take()
		return p[0]
	}
	return 0
}

func (r *tagReader) expect(text string) {
	if t := r.take(); t.text != text && r.err == nil {
		r.err = fmt.Errorf("expected %q, found %q in the tag of %s", text, t.text, t.field.name)
	}
}

// first returns the tokens that x can start with, and whether it can be empty.
func (g *grammar) first(x node) (set []string, empty bool) {
	switch x := x.(type) {
	case seq:
		for _, item := range x {
			s, e := g.first(item)
			set = union2(set, s)
			if !e {
				return set, false
			}
		}
		return set, true
	case alt:
		for _, item := range x {
			s, e := g.first(item)
			set, empty = union2(set, s), empty || e
		}
		return set, empty
	case term:
		return x.tokens, false
	case look:
		return x.tokens, false // what has to be next, though it stays there
	case sub:
		return g.firstOf(x.field.typ), false
	case group:
		s, e := g.first(x.x)
		return s, e || x.mode == '?' || x.mode == '*'
	}
	panic(fmt.Sprintf("unknown node %T", x))
}

// firstOf returns the tokens that a production or union can start with.
func (g *grammar) firstOf(name string) (set []string) {
	if u := g.byUnion[name]; u != nil {
		for _, m := range u.members {
			set = union2(set, g.firstOf(m))
		}
		return set
	}
	if words, ok := g.manual[name]; ok {
		for _, w := range words {
			if g.byUnion[w] != nil || g.byName[w] != nil {
				set = union2(set, g.firstOf(w))
			} else {
				set = union2(set, []string{w})
			}
		}
		return set
	}
	p := g.byName[name]
	if p == nil {
		panic("unknown production " + name)
	}
	set, _ = g.first(p.expr)
	return set
}

func union2(a, b []string) []string {
	out := slices.Clone(a)
	for _, s := range b {
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

// stacks returns the stacks that parsing p may leave something on.
func (g *grammar) stacks(p *production) (out []string) {
	for _, f := range p.fields {
		if f.slice {
			out = union2(out, []string{f.typ})
		}
		if part := g.byName[f.typ]; part != nil && !part.nodes {
			out = union2(out, g.stacks(part))
		}
	}
	return out
}

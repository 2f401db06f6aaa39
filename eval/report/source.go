package report

// This file defines source texts as reports see them. A text is parsed again to find what
// stands where: the evaluator drops the trees of texts that it has compiled.

import (
	"strings"

	"github.com/firn-lang/firn/eval/world"
	"github.com/firn-lang/firn/lang"
)

// A source is a text with its tree. Offsets count bytes. Its positions are its own: those of
// the error have to be converted, by way of offsets.
type source struct {
	file     *lang.File            // of the tree; nil if the text is too large to parse
	tree     *lang.Tree            // nil if the text does not parse
	symbols  *lang.Symbols         // the names in the tree
	bindings map[lang.Span]binding // by the span of the value; nil until binding is called
}

// A binding is what a value is called, and where that is written.
type binding struct {
	name string   // the attribute path, as far as the text nests sets
	at   lang.Pos // of the source, not of the error
}

// newSource parses a text. Experimental syntax is allowed: if the evaluator took the text,
// the features were enabled, and if not, the tree helps all the same.
func newSource(name, text string) *source {
	cfg := lang.NewConfig()
	cfg.Pipes = true
	s := &source{symbols: cfg.Symbols}
	tree, err := cfg.Parse(name, text)
	if err == nil {
		s.tree, s.file = tree, tree.File
		return s
	}
	if f, err := cfg.Files.Add(name, text); err == nil {
		s.file = f
	}
	return s
}

// source returns the text that pos lies in, and where in it; nil if there is none.
func (r *reporter) source(pos lang.Pos) (*source, int) {
	if r.err == nil || r.err.Files() == nil || pos == 0 {
		return nil, 0
	}
	f := r.err.Files().File(pos)
	if f == nil {
		return nil, 0
	}
	s := r.sources[f]
	if s == nil {
		s = newSource(f.Name, f.Source)
		r.sources[f] = s
	}
	return s, f.Offset(pos)
}

// fileSource reads and parses a file; nil if it cannot be read. A failure is remembered, too:
// a trace may name the same file thousands of times.
func (r *reporter) fileSource(name string) *source {
	if s, ok := r.read[name]; ok {
		return s
	}
	var s *source
	if r.opt.Host != nil && strings.HasPrefix(name, "/") {
		if text, err := world.ReadFile(r.ctx, r.opt.Host, name, world.NoLimit); err == nil {
			s = newSource(name, string(text))
		}
	}
	r.read[name] = s
	return s
}

// A look says what kind of expression an error or a frame is about. A position is a single
// byte, where several expressions may start, and the mark should cover the right one.
type look uint8

const (
	lookAny     look = iota
	lookSelect       // a selection
	lookCall         // an application
	lookCallee       // the function that it applies
	lookBinding      // the name of an attribute
	lookLambda       // a function, up to its body
	lookAssert       // assert and its condition
	lookVar          // a variable
	lookValue        // the largest expression that starts there
)

// place returns the place of what stands at pos; nil if there is none.
func (r *reporter) place(pos lang.Pos, what look) *Place {
	s, at := r.source(pos)
	if s == nil {
		return nil
	}
	from, to := s.extent(at, what, r)
	return r.placeIn(s.file, from, to)
}

// placeIn returns the place of some bytes of a file. Offsets outside of it are moved inside:
// a file that was read again may have become shorter.
func (r *reporter) placeIn(f *lang.File, from, to int) *Place {
	size := len(f.Source)
	from = min(from, size)
	to = min(max(to, from), size)
	start, end := f.Position(f.Pos(from)), f.Position(f.Pos(to))
	p := &Place{File: f.Name, Line: start.Line, Column: start.Column, EndLine: end.Line, EndColumn: end.Column, Origin: r.origin(f.Name), library: r.libraryName(f.Name)}
	if end.Line > start.Line && end.Column == 1 {
		// The newline belongs to the place, but the next line does not.
		p.EndLine--
		p.EndColumn = len(f.Line(p.EndLine)) + 1
	}
	for n := p.Line; n <= p.EndLine; n++ {
		p.Lines = append(p.Lines, f.Line(n))
	}
	return p
}

// covers reports whether q lies in p.
func (p *Place) covers(q *Place) bool {
	return p != nil && p.File == q.File &&
		(p.Line < q.Line || p.Line == q.Line && p.Column <= q.Column) &&
		(p.EndLine > q.EndLine || p.EndLine == q.EndLine && p.EndColumn >= q.EndColumn)
}

// offsets returns the bytes of a node.
func (s *source) offsets(span lang.Span) (from, to int) {
	return s.file.Offset(span.Start), s.file.Offset(span.End)
}

// extent returns the bytes of the expression that is meant at an offset, or those of the first
// word there. Of several expressions the one with the highest rank counts, and of equal ones
// the longest, except for the lowest ranks, where the first, outermost one does.
func (s *source) extent(at int, what look, r *reporter) (from, to int) {
	word := at + len(firstWord(s.file.Source[min(at, len(s.file.Source)):]))
	if s.tree == nil {
		return at, word
	}
	pos := s.file.Pos(at)
	best, from, to := 0, at, word
	take := func(rank, a, b int) {
		if b > a && (rank > best || rank == best && b-a > to-from && rank > rankSmall) {
			best, from, to = rank, a, b
		}
	}
	lang.Walk(s.tree.Root, func(x lang.Expr) bool {
		a, b := s.offsets(x.Span())
		switch x := x.(type) {
		case *lang.Var:
			if x.At == pos && what == lookVar {
				take(rankWanted, a, b)
			}
		case *lang.Select:
			if x.At == pos {
				take(rankIf(what == lookSelect, rankNode), a, s.selectEnd(x, what, r, b))
			}
		case *lang.Apply:
			if x.Call == pos {
				if what == lookCallee {
					c, d := s.offsets(x.Fn.Span())
					take(rankWanted, c, d)
				} else {
					take(rankIf(what == lookCall, rankNode), a, b)
				}
			}
		case *lang.Binary:
			if x.OpPos == pos {
				take(rankIf(what == lookCall || what == lookAny, rankNode), a, b)
			}
		case *lang.Lambda:
			if x.At == pos {
				c, _ := s.offsets(x.Body.Span())
				take(rankIf(what == lookLambda || what == lookAny, rankSmall), a, len(strings.TrimRight(s.file.Source[:max(c, a)], " \t\r\n(")))
			}
		case *lang.Assert:
			if x.At == pos {
				_, d := s.offsets(x.Cond.Span())
				take(rankIf(what == lookAssert || what == lookAny, rankSmall), a, d)
			}
		case *lang.If:
			if x.At == pos {
				_, d := s.offsets(x.Cond.Span())
				take(rankSmall, a, d)
			}
		case *lang.Attrs:
			for i := range x.List {
				if n := &x.List[i]; n.Pos == pos {
					take(rankIf(what == lookBinding, rankSmall), at, s.nameEnd(at))
				}
			}
			for i := range x.Dynamic {
				if x.Dynamic[i].Pos == pos {
					take(rankIf(what == lookBinding, rankSmall), at, s.nameEnd(at))
				}
			}
		case *lang.Interp:
			for i, part := range x.Parts {
				if _, text := part.(*lang.String); !text && i < len(x.Parts) && x.PartPos(s.file, i) == pos {
					_, d := s.offsets(part.Span())
					if n := strings.IndexByte(s.file.Source[d:], '}'); n >= 0 {
						take(rankWanted, at, d+n+1)
					}
				}
			}
		}
		if x.Span().Start == pos {
			take(rankIf(what == lookValue, rankAny), a, b)
		}
		return true
	})
	return from, to
}

// Ranks of what can be meant by a position.
const (
	rankAny    = 1 + iota // any expression that starts there; the outermost
	rankSmall             // what only has that position
	rankNode              // likewise, and more likely
	rankWanted            // what was asked for
)

// rankIf returns rankWanted for the kind of expression that was asked for, and other for the rest.
func rankIf(wanted bool, other int) int {
	if wanted {
		return rankWanted
	}
	return other
}

// selectEnd returns where a selection ends: for a missing attribute, behind its name.
func (s *source) selectEnd(x *lang.Select, what look, r *reporter, end int) int {
	if what != lookSelect || r == nil || r.err == nil || r.err.Step >= len(x.Path) {
		return end
	}
	return s.stepEnd(x.Path[r.err.Step], end)
}

// stepEnd returns where the step a of an attribute path ends, which starts at or after end.
func (s *source) stepEnd(a lang.AttrName, end int) int {
	at := s.file.Offset(a.Pos)
	if a.Expr != nil {
		return end
	}
	return at + len(firstWord(s.file.Source[at:]))
}

// nameEnd returns where the attribute path that starts at an offset ends.
func (s *source) nameEnd(at int) int {
	text := s.file.Source
	for i := at; i < len(text); i++ {
		switch text[i] {
		case '=', ';', '\n':
			return len(strings.TrimRight(text[:i], " \t\r"))
		case '"':
			if n := strings.IndexByte(text[i+1:], '"'); n >= 0 {
				i += n + 1
			}
		case ' ', '\t':
			if rest := strings.TrimLeft(text[i:], " \t"); rest == "" || rest[0] != '.' && rest[0] != '=' {
				return i // in inherit
			}
		}
	}
	return len(text)
}

// firstWord returns the identifier, string or character that text starts with: what is marked
// if the tree has nothing to say.
func firstWord(text string) string {
	if text == "" {
		return ""
	}
	if text[0] == '"' {
		for i := 1; i < len(text) && text[i] != '\n'; i++ {
			switch text[i] {
			case '\\':
				i++
			case '"':
				return text[:i+1]
			}
		}
		return text[:1]
	}
	i := 0
	for i < len(text) && (text[i] >= 'a' && text[i] <= 'z' || text[i] >= 'A' && text[i] <= 'Z' || text[i] >= '0' && text[i] <= '9' ||
		text[i] == '_' || i > 0 && (text[i] == '-' || text[i] == '\'')) {
		i++
	}
	return text[:max(i, 1)]
}

// binding returns the name of the attribute, variable or default whose value those bytes are.
func (s *source) binding(from, to int) (binding, bool) {
	if s.tree == nil {
		return binding{}, false
	}
	if s.bindings == nil {
		s.bindings = map[lang.Span]binding{}
		s.bind(s.tree.Root, "")
	}
	b, ok := s.bindings[lang.Span{Start: s.file.Pos(from), End: s.file.Pos(to)}]
	return b, ok
}

// bind records the bindings inside x under the attribute path that leads to x.
func (s *source) bind(x lang.Expr, path string) {
	set := func(x lang.Expr, b binding) {
		if x != nil {
			if _, ok := s.bindings[x.Span()]; !ok {
				s.bindings[x.Span()] = b
			}
		}
	}
	attrs := func(x *lang.Attrs, path string) {
		for i := range x.List {
			a := &x.List[i]
			if a.Value == nil {
				continue
			}
			name := join(path, s.symbols.Name(a.Name))
			set(a.Value, binding{name, a.Pos})
			if inner, ok := a.Value.(*lang.Attrs); ok {
				s.bind(inner, name)
			} else {
				s.bind(a.Value, "")
			}
		}
		for i := range x.Dynamic {
			a := &x.Dynamic[i]
			set(a.Value, binding{join(path, "${"+s.file.Text(a.Name.Span())+"}"), a.Pos})
			s.bind(a.Name, "")
			s.bind(a.Value, "")
		}
		for _, from := range x.From {
			s.bind(from, "")
		}
	}
	switch x := x.(type) {
	case *lang.Attrs:
		attrs(x, path)
		return
	case *lang.Let:
		attrs(x.Binds, "")
		s.bind(x.Body, "")
		return
	case *lang.Lambda:
		if x.Formals != nil {
			for i := range x.Formals.List {
				f := &x.Formals.List[i]
				set(f.Default, binding{s.symbols.Name(f.Name), f.Pos})
			}
		}
	}
	for _, child := range lang.Children(x) {
		s.bind(child, "")
	}
}

// join returns an attribute path with one more step.
func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}

// identifier returns text if it is an identifier; or "".
func identifier(text string) string {
	if text == "" || text[0] == '"' || firstWord(text) != text || text[0] >= '0' && text[0] <= '9' {
		return ""
	}
	return text
}

// variable returns where the one attribute of that name is whose value is a variable, and the
// name of that variable; "" if there is none, or several, which only scopes would tell apart.
func (s *source) variable(name string) (at lang.Pos, value string) {
	n := 0
	if s.tree == nil {
		return 0, ""
	}
	lang.Walk(s.tree.Root, func(x lang.Expr) bool {
		set, ok := x.(*lang.Attrs)
		if !ok {
			return true
		}
		for i := range set.List {
			a := &set.List[i]
			if v, ok := a.Value.(*lang.Var); ok && a.Kind == lang.AttrPlain && s.symbols.Name(a.Name) == name {
				at, value = a.Pos, s.symbols.Name(v.Name)
				n++
			}
		}
		return true
	})
	if n != 1 {
		return 0, ""
	}
	return at, value
}

package lang

// This file defines the lowering: each production, once it is read, makes its
// node of the tree. Names are interned in the order in which the reference
// does it, since that order can be observed.

import (
	"cmp"
	"fmt"
	"math/big"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"

	"github.com/alecthomas/participle/v2/lexer"
)

// A production is embedded by every struct of the grammar that becomes a node.
// It makes the struct an Expr, so that participle can put it where a node goes.
type production struct{}

// Span implements Expr.
func (production) Span() Span { return Span{} }
func (production) expr()      {}

// tree returns the node of x. Only participle leaves productions in the fields
// of productions; the generated methods have put nodes there already.
func (p *parser) tree(x Expr) Expr {
	if reflective {
		if prod, ok := x.(interface{ lower(*parser) Expr }); ok {
			return prod.lower(p)
		}
	}
	return x
}

func (x *selectExpr) tree(p *parser) Expr {
	if reflective && x.node == nil {
		return x.By.lower(p)
	}
	return x.node
}

func (x *simpleExpr) tree(p *parser) Expr {
	if reflective && x.node == nil {
		return p.tree(x.By)
	}
	return x.node
}

func (x *lambda) lower(p *parser) Expr {
	l := &Lambda{At: p.file.Pos(x.Pos.Offset), Body: p.tree(x.Body)}
	l.End = l.Body.Span().End
	pattern, param := x.Formals, &x.Param
	if x.Formals2 != nil {
		pattern, param = x.Formals2, &x.Param2
	}
	if param.Type != 0 {
		l.Param = p.symbols.Intern(param.Value)
	}
	if pattern != nil {
		l.Formals = p.formals(pattern)
		p.checkFormals(l)
	}
	l.setDoc(p.file.docs[l.At])
	return l
}

// setDoc documents the lambda, and those directly in its body, unless they
// have comments of their own (RFC 145).
func (x *Lambda) setDoc(doc Span) {
	for l, ok := x, true; ok && doc.Start != 0 && l.Doc.Start == 0; l, ok = l.Body.(*Lambda) {
		l.Doc = doc
	}
}

// SetName names the lambda, and those directly in its body, after a binding. It
// may be called while others call BoundName.
func (x *Lambda) SetName(name Symbol) {
	for l, ok := x, true; ok; l, ok = l.Body.(*Lambda) {
		atomic.StoreUint32((*uint32)(&l.Name), uint32(name))
	}
}

// BoundName returns Name. Another goroutine may set it at the same time.
func (x *Lambda) BoundName() Symbol { return Symbol(atomic.LoadUint32((*uint32)(&x.Name))) }

func (x *formal) done(p *parser) { x.sym = p.symbols.Intern(x.Name.Value) }

func (p *parser) formals(x *formals) *Formals {
	f := &Formals{Ellipsis: x.Ellipsis, List: make([]Formal, len(x.List))}
	for i := range x.List {
		if reflective {
			x.List[i].done(p)
		}
		f.List[i] = Formal{Pos: p.pos(&x.List[i].Name), Name: x.List[i].sym, Default: p.tree(x.List[i].Default)}
	}
	slices.SortStableFunc(f.List, func(a, b Formal) int { return cmp.Compare(a.Name, b.Name) })
	return f
}

func (p *parser) checkFormals(l *Lambda) {
	report := func(at Pos, name Symbol) {
		text := QuoteName(p.symbols.Name(name))
		p.errorAfter(l.End, p.tokenAt(at), "duplicate formal function argument '%s'", text).Code = CodeDuplicateAttribute
	}
	list := l.Formals.List
	for i := 1; i < len(list); i++ {
		if list[i].Name == list[i-1].Name {
			report(list[i].Pos, list[i].Name)
		}
	}
	if slices.ContainsFunc(list, func(f Formal) bool { return f.Name == l.Param }) {
		report(l.At, l.Param)
	}
}

func (x *assertion) lower(p *parser) Expr {
	n := &Assert{At: p.file.Pos(x.Pos.Offset), Cond: p.tree(x.Cond), Body: p.tree(x.Body)}
	n.End = n.Body.Span().End
	return n
}

func (x *with) lower(p *parser) Expr {
	n := &With{At: p.file.Pos(x.Pos.Offset), X: p.tree(x.X), Body: p.tree(x.Body)}
	n.End = n.Body.Span().End
	return n
}

func (x *conditional) lower(p *parser) Expr {
	n := &If{At: p.file.Pos(x.Pos.Offset), Cond: p.tree(x.Cond), Then: p.tree(x.Then), Else: p.tree(x.Else)}
	n.End = n.Else.Span().End
	return n
}

func (x *let) lower(p *parser) Expr {
	n := &Let{At: p.file.Pos(x.Pos.Offset), Binds: p.set(x.Bindings, x.Pos, &x.End), Body: p.tree(x.Body)}
	n.End = n.Body.Span().End
	if len(n.Binds.Dynamic) > 0 {
		p.errorAfter(n.End, Span{n.At, n.At + Pos(len("let"))}, "dynamic attributes not allowed in let")
	}
	return n
}

func (x *legacyLet) lower(p *parser) Expr {
	a := p.set(x.Bindings, x.Pos, &x.End)
	a.Rec = true
	return &Select{At: a.At, End: a.End, X: a, Path: []AttrName{{Pos: a.At, Name: symBody}}}
}

func (x *recSet) lower(p *parser) Expr {
	a := p.set(x.Bindings, x.Pos, &x.End)
	a.Rec = true
	return a
}

func (x *set) lower(p *parser) Expr { return p.set(x.Bindings, x.Pos, &x.End) }

func (x *list) lower(p *parser) Expr {
	n := &List{At: p.file.Pos(x.Pos.Offset), End: p.end(&x.End), Elems: make([]Expr, len(x.Elems))}
	for i := range x.Elems {
		n.Elems[i] = x.Elems[i].tree(p)
		p.warnBareOr(n.Elems[i])
	}
	return n
}

func (x *application) lower(p *parser) Expr {
	fn := x.Fn.tree(p)
	if len(x.Args) == 0 {
		return parenthesized(fn)
	}
	args := make([]Expr, len(x.Args))
	for i := range x.Args {
		args[i] = x.Args[i].tree(p)
		p.warnBareOr(args[i])
	}
	return p.call(p.file.Pos(x.Pos.Offset), parenthesized(fn), args...)
}

// call applies fn, by adding to the arguments if it is an application itself.
func (p *parser) call(at Pos, fn Expr, args ...Expr) Expr {
	n, ok := fn.(*Apply)
	if ok {
		n.Args = append(n.Args, args...)
	} else {
		span := fn.Span()
		n = &Apply{At: span.Start, End: span.End, Call: callPos(fn, at), Fn: fn, Args: args}
	}
	// A pipe's argument may come first.
	n.At = min(n.At, args[0].Span().Start)
	n.End = max(n.End, args[len(args)-1].Span().End)
	return n
}

// callPos returns where errors say that a call of fn is, which stands at a place.
// What is the call of a function already gets the arguments, too.
func callPos(fn Expr, at Pos) Pos {
	switch fn := fn.(type) {
	case *SearchPath:
		return fn.At
	case *Unary:
		if fn.Op == OpNegate {
			return fn.At
		}
	case *Binary:
		switch fn.Op {
		case OpSub, OpMul, OpDiv, OpLess, OpGreater:
			return fn.OpPos
		}
	}
	return at
}

func (x *selection) lower(p *parser) Expr {
	value := x.X.tree(p)
	at := p.file.Pos(x.Pos.Offset)
	switch {
	case x.Or != nil:
		// Quirk: a package set has a function named or, and f or is a call.
		or := &Var{At: at, Len: uint32(p.end(&x.Or.Tok) - at), Name: symOr}
		return &Apply{At: at, End: or.Span().End, Call: at, Fn: value, Args: []Expr{or}, bareOr: true}
	case len(x.Path) > 0:
		n := &Select{At: at, End: p.attrEnd(x.Path), X: value, Path: p.attrPath(x.Path)}
		if x.Default != nil {
			n.Default = x.Default.tree(p)
			p.warnBareOr(n.Default)
			n.End = n.Default.Span().End
		}
		return n
	}
	return value
}

// warnBareOr warns about f or where it is part of something larger.
func (p *parser) warnBareOr(x Expr) {
	if a, ok := x.(*Apply); ok && a.bareOr {
		a.bareOr = false
		p.warnings = append(p.warnings, &Error{File: p.file, Span: a.Span(),
			Msg: "This expression uses `or` as an identifier in a way that will change in a future Nix release.",
			More: "Wrap this entire expression in parentheses to preserve its current meaning:\n    (" + p.file.Text(a.Span()) + ")" +
				"\nGive feedback at https://github.com/NixOS/nix/pull/11121"})
	}
}

// parenthesized notes that x stands alone: a bare or in it is harmless.
func parenthesized(x Expr) Expr {
	if a, ok := x.(*Apply); ok {
		a.bareOr = false
	}
	return x
}

func (x *parenthesis) lower(p *parser) Expr { return parenthesized(p.tree(x.X)) }

func (x *identifier) lower(p *parser) Expr {
	if x.Tok.Value == "__curPos" {
		return &CurPos{At: p.pos(&x.Tok)}
	}
	return p.variable(&x.Tok, p.symbols.Intern(x.Tok.Value))
}

func (p *parser) variable(tok *lexer.Token, name Symbol) *Var {
	return &Var{At: p.pos(tok), Len: uint32(len(tok.Value)), Name: name}
}

func (x *integer) lower(p *parser) Expr {
	v, _ := p.parseInt(&x.Tok)
	return &Int{At: p.pos(&x.Tok), Len: uint32(len(x.Tok.Value)), Value: v}
}

func (x *float) lower(p *parser) Expr {
	v, _ := p.parseFloat(&x.Tok)
	return &Float{At: p.pos(&x.Tok), Len: uint32(len(x.Tok.Value)), Value: v}
}

// parseInt returns the value of an Int; if it is out of range, that is an error.
func (p *parser) parseInt(tok *lexer.Token) (int64, bool) {
	v, err := strconv.ParseInt(tok.Value, 10, 64)
	if err != nil {
		p.errorf(p.tokenSpan(tok), "invalid integer '%s'", tok.Value).Code = CodeIntegerOverflow
	}
	return v, err == nil
}

// underflows reports whether text, which reads as v, is so small that v is not
// exactly its value. The reference rejects that.
func underflows(text string, v float64) bool {
	const smallestNormal = 0x1p-1022 // of full precision
	const longest = 2000             // an exact value has fewer digits
	mantissa, _, _ := strings.Cut(strings.ToLower(text), "e")
	switch {
	case v > smallestNormal || !strings.ContainsAny(mantissa, "123456789"):
		return false
	case v == 0 || len(text) > longest:
		return true
	}
	exact, ok := new(big.Rat).SetString(text)
	return ok && exact.Cmp(new(big.Rat).SetFloat64(v)) != 0 && exact.Cmp(new(big.Rat).SetFloat64(smallestNormal)) < 0
}

// parseFloat is parseInt for a Float.
func (p *parser) parseFloat(tok *lexer.Token) (float64, bool) {
	v, err := strconv.ParseFloat(tok.Value, 64)
	if err == nil && underflows(tok.Value, v) {
		err = strconv.ErrRange
	}
	if err != nil {
		p.errorf(p.tokenSpan(tok), "invalid float '%s'", tok.Value).Code = CodeIntegerOverflow
	}
	return v, err == nil
}

func (p *parser) str(span Span, value string) Expr {
	return &String{At: span.Start, End: span.End, Value: value}
}

func (x *plainString) lower(p *parser) Expr {
	return p.str(p.tokenSpan(&x.Tok), unescape(x.Tok.Value[1:len(x.Tok.Value)-1]))
}

func (x *uri) lower(p *parser) Expr {
	word := "discouraged"
	if p.lints.URL == LintFatal {
		word = "disallowed"
	}
	p.lint(p.lints.URL, "lint-url-literals", &x.Tok,
		"URL literals are "+word+`. Consider using a string literal "%[1]s" instead`)
	return p.str(p.tokenSpan(&x.Tok), x.Tok.Value)
}

// lint does what level says about a literal, in whose message it is %[1]s.
func (p *parser) lint(level Lint, setting string, tok *lexer.Token, format string) {
	if level == LintIgnore {
		return
	}
	format += " (" + setting + ")"
	if level == LintFatal {
		p.errorf(p.tokenSpan(tok), format, tok.Value).Code = CodeDisallowedLiteral
		return
	}
	p.warnings = append(p.warnings, &Error{File: p.file, Span: p.tokenSpan(tok), Msg: fmt.Sprintf(format, tok.Value)})
}

func (x *interpString) lower(p *parser) Expr {
	return p.interp(Span{p.file.Pos(x.Pos.Offset), p.end(&x.End)}, x.Parts)
}

// interp makes a string of parts. There is an interpolation among them.
func (p *parser) interp(span Span, parts []part) Expr {
	exprs := make([]Expr, len(parts))
	for i := range parts {
		exprs[i] = p.part(&parts[i], true)
	}
	return &Interp{At: span.Start, End: span.End, Parts: exprs}
}

func (p *parser) part(x *part, escapes bool) Expr {
	if x.X != nil {
		return p.tree(x.X)
	}
	text := x.Text.Value
	if escapes {
		text = unescape(text)
	}
	return p.str(p.tokenSpan(&x.Text), text)
}

func (x *plainPath) lower(p *parser) Expr { return p.pathText(&x.Tok) }

func (p *parser) pathText(tok *lexer.Token) Expr {
	if p.lints != (Lints{}) {
		p.lintPath(tok)
	}
	return &Path{At: p.pos(tok), Text: tok.Value}
}

func (p *parser) lintPath(tok *lexer.Token) {
	const advice = " path literals are not portable. Consider replacing path literal '%[1]s' by a string, relative path, or parameter"
	switch tok.Value[0] {
	case '/':
		p.lint(p.lints.AbsolutePath, "lint-absolute-path-literals", tok, "absolute"+advice)
	case '~':
		if p.lints.NoHome {
			p.errorf(p.tokenSpan(tok), "the path '%s' can not be resolved in pure mode", tok.Value).Code = CodePureEvaluation
			return
		}
		p.lint(p.lints.AbsolutePath, "lint-absolute-path-literals", tok, "home"+advice)
	case '.':
	default:
		p.lint(p.lints.ShortPath, "lint-short-path-literals", tok,
			"relative path literal '%[1]s' should be prefixed with '.' for clarity: './%[1]s'")
	}
}

func (x *interpPath) lower(p *parser) Expr {
	exprs := make([]Expr, len(x.Parts)+1)
	exprs[0] = p.pathText(&x.Start)
	literal := true
	for i := range x.Parts {
		exprs[i+1] = p.part(&x.Parts[i], false)
		literal = literal && x.Parts[i].X == nil
	}
	at := exprs[0].Span().Start
	if literal {
		e := p.errorf(p.tokenSpan(&x.Parts[len(x.Parts)-1].Text), "syntax error, unexpected end of path, expecting '${'")
		e.Token, e.Want = "end of path", []string{"'${'"}
	}
	return &Interp{At: at, End: p.end(&x.End), IsPath: true, Parts: exprs}
}

func (x *searchPath) lower(p *parser) Expr {
	return &SearchPath{At: p.pos(&x.Tok), Text: x.Tok.Value[1 : len(x.Tok.Value)-1]}
}

// unescape returns the value of the text of a "…" string. A carriage return,
// with or without line feed, becomes a line feed.
func unescape(text string) string {
	i := strings.IndexAny(text, "\\\r")
	if i < 0 {
		return text
	}
	out := make([]byte, i, len(text))
	copy(out, text)
	for ; i < len(text); i++ {
		c := text[i]
		switch {
		case c == '\\' && i+1 < len(text):
			i++
			out = append(out, escaped(text[i]))
		case c == '\r':
			if i+1 < len(text) && text[i+1] == '\n' {
				i++
			}
			out = append(out, '\n')
		default:
			out = append(out, c)
		}
	}
	return string(out)
}

// escaped returns what a backslash and c stand for.
func escaped(c byte) byte {
	switch c {
	case 'n':
		return '\n'
	case 'r':
		return '\r'
	case 't':
		return '\t'
	}
	return c
}

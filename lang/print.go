package lang

// This file defines how trees are printed: as source text that parses to the
// same tree, or as the reference's nix-instantiate --parse does it.

import (
	"cmp"
	"path"
	"slices"
	"strconv"
	"strings"
)

// PrintOptions says how Print prints.
type PrintOptions struct {
	// Desugar prints what the reference does: operators that are calls as
	// calls, strings with interpolation as sums, paths made absolute. The text
	// need not parse to the same tree. Default: source text that does.
	Desugar bool
	// Dir is what relative paths are relative to, and Home what ~ stands for;
	// used with Desugar only.
	Dir, Home string
}

// Print returns the tree as text.
func (t *Tree) Print(opt PrintOptions) string {
	p := printer{opt: opt, symbols: t.symbols}
	p.expr(t.Root)
	return string(p.out)
}

// ResolvePath makes the text of a path literal absolute and removes . and ..
// from it. A slash at the end stays. dir is where a relative path starts, home
// what ~ stands for.
//
// Quirk: the reference leaves . and .. in a path that starts with ~.
func ResolvePath(text, dir, home string) string {
	if strings.HasPrefix(text, "~") {
		return home + text[1:]
	}
	abs := text
	if !strings.HasPrefix(text, "/") {
		abs = dir + "/" + text
	}
	clean := path.Clean("/" + abs)
	if len(text) > 1 && strings.HasSuffix(text, "/") {
		clean += "/"
	}
	return clean
}

type printer struct {
	opt     PrintOptions
	symbols *Symbols
	out     []byte
}

func (p *printer) text(s string) { p.out = append(p.out, s...) }

// name prints a name as variable or attribute.
func (p *printer) name(sym Symbol) { p.text(QuoteName(p.symbols.Name(sym))) }

// formatFloat prints v so that it reads as a float, and the same one, again;
// or, as the reference does, with six digits.
func formatFloat(v float64, six bool) string {
	if six {
		return strconv.FormatFloat(v, 'g', 6, 64)
	}
	mantissa, exponent, _ := strings.Cut(strconv.FormatFloat(v, 'e', -1, 64), "e")
	if v == 0 {
		return "0.0" // which takes no exponent
	}
	if !strings.Contains(mantissa, ".") {
		mantissa += ".0"
	}
	return mantissa + "e" + exponent
}

func (p *printer) expr(x Expr) {
	switch x := x.(type) {
	case *Var:
		p.name(x.Name)
	case *Int:
		p.out = strconv.AppendInt(p.out, x.Value, 10)
	case *Float:
		p.text(formatFloat(x.Value, p.opt.Desugar))
	case *String:
		p.text(Quote(x.Value))
	case *Path:
		p.path(x)
	case *Interp:
		p.interp(x)
	case *SearchPath:
		p.searchPath(x)
	case *CurPos:
		p.text("__curPos")
	case *List:
		p.list(x)
	case *Attrs:
		p.attrs(x)
	case *Select:
		p.selection(x)
	case *HasAttr:
		p.text("((")
		p.expr(x.X)
		p.text(") ? ")
		p.attrPath(x.Path)
		p.text(")")
	case *Apply:
		p.apply(x)
	case *Lambda:
		p.lambda(x)
	case *Let:
		p.text("(let ")
		p.bindings(x.Binds)
		p.text("in ")
		p.expr(x.Body)
		p.text(")")
	case *With:
		p.text("(with ")
		p.expr(x.X)
		p.text("; ")
		p.expr(x.Body)
		p.text(")")
	case *Assert:
		p.assert(x)
	case *If:
		p.text("(if ")
		p.expr(x.Cond)
		p.text(" then ")
		p.expr(x.Then)
		p.text(" else ")
		p.expr(x.Else)
		p.text(")")
	case *Unary:
		p.unary(x)
	case *Binary:
		p.binary(x)
	}
}

func (p *printer) path(x *Path) {
	if p.opt.Desugar {
		p.text(ResolvePath(x.Text, p.opt.Dir, p.opt.Home))
	} else {
		p.text(x.Text)
	}
}

func (p *printer) interp(x *Interp) {
	switch {
	case p.opt.Desugar:
		p.text("(")
		for i, part := range x.Parts {
			if i > 0 {
				p.text(" + ")
			}
			p.expr(part)
		}
		p.text(")")
	case x.IsPath:
		for i, part := range x.Parts {
			if i == 0 {
				p.expr(part)
			} else {
				p.interpolation(part)
			}
		}
		p.text(" ") // ends the path
	default:
		p.string(x)
	}
}

// string prints a string with interpolation. A part that is a string literal
// may be text or an interpolated string; both parse to the same.
func (p *printer) string(x *Interp) {
	p.text("\"")
	wasText := len(x.Parts) == 1 // alone, text would be no interpolation
	for i, part := range x.Parts {
		s, ok := part.(*String)
		if !ok || wasText || s.Value == "" {
			p.interpolation(part)
			wasText = false
			continue
		}
		wasText = true
		text := Quote(s.Value)
		text = text[1 : len(text)-1]
		if i+1 < len(x.Parts) && strings.HasSuffix(text, "$") {
			text = text[:len(text)-1] + `\$` // or it would escape the ${ to come
		}
		p.text(text)
	}
	p.text("\"")
}

func (p *printer) interpolation(x Expr) {
	p.text("${")
	p.expr(x)
	p.text("}")
}

func (p *printer) list(x *List) {
	p.text("[ ")
	for _, elem := range x.Elems {
		p.text("(")
		p.expr(elem)
		p.text(") ")
	}
	p.text("]")
}

func (p *printer) searchPath(x *SearchPath) {
	if p.opt.Desugar {
		p.text("(")
		p.searchPathCall(x)
		p.text(")")
		return
	}
	p.text("<" + x.Text + ">")
}

func (p *printer) searchPathCall(x *SearchPath) {
	p.text("__findFile __nixPath ")
	p.text(Quote(x.Text))
}

func (p *printer) selection(x *Select) {
	p.text("(")
	p.expr(x.X)
	p.text(").")
	p.attrPath(x.Path)
	if x.Default != nil {
		p.text(" or (")
		p.expr(x.Default)
		p.text(")")
	}
}

func (p *printer) attrPath(path []AttrName) {
	for i, n := range path {
		if i > 0 {
			p.text(".")
		}
		if n.Expr == nil {
			p.name(n.Name)
		} else {
			p.dynamicName(n.Expr)
		}
	}
}

func (p *printer) dynamicName(x Expr) {
	if !p.opt.Desugar {
		p.interpolation(x)
		return
	}
	p.text("\"")
	p.interpolation(x)
	p.text("\"")
}

func (p *printer) apply(x *Apply) {
	if !p.opt.Desugar {
		p.applySource(x)
		return
	}
	p.text("(")
	if x.appliesOr() {
		p.expr(x.Fn)
	} else {
		p.callee(x.Fn)
	}
	for _, arg := range x.Args {
		p.text(" ")
		p.expr(arg)
	}
	p.text(")")
}

// appliesOr reports whether x is f or, and perhaps more arguments. Its function
// is one expression, even if it is a call itself.
func (x *Apply) appliesOr() bool {
	v, ok := x.Args[0].(*Var)
	return ok && v.Name == symOr
}

// applySource prints an application. The variable or is one only directly
// behind what is applied to it.
func (p *printer) applySource(x *Apply) {
	args := x.Args
	p.text("(")
	if x.appliesOr() {
		p.text("(")
		p.operand(x.Fn)
		p.text(" or)")
		args = args[1:]
	} else {
		p.operand(x.Fn)
	}
	for _, arg := range args {
		p.text(" ")
		p.operand(arg)
	}
	p.text(")")
}

// operand prints x so that it can stand in a list or application.
func (p *printer) operand(x Expr) {
	p.text("(")
	p.expr(x)
	p.text(")")
}

// callee prints what is applied. Where the reference has a call, it has one
// with more arguments.
func (p *printer) callee(x Expr) {
	switch x := x.(type) {
	case *SearchPath:
		p.searchPathCall(x)
	case *Unary:
		if x.Op != OpNegate {
			p.expr(x)
			return
		}
		p.text("__sub 0 ")
		p.expr(x.X)
	case *Binary:
		if operators[x.Op].fn == 0 || x.Op == OpLessEqual || x.Op == OpGreaterEqual {
			p.expr(x)
			return
		}
		p.binaryCall(x)
	default:
		p.expr(x)
	}
}

func (p *printer) lambda(x *Lambda) {
	p.text("(")
	if x.Formals != nil {
		p.formals(x.Formals)
		if x.Param != 0 {
			p.text(" @ ")
		}
	}
	if x.Param != 0 {
		p.name(x.Param)
	}
	p.text(": ")
	p.expr(x.Body)
	p.text(")")
}

func (p *printer) formals(f *Formals) {
	p.text("{ ")
	list := slices.Clone(f.List)
	slices.SortFunc(list, func(a, b Formal) int { return p.compareNames(a.Name, b.Name) })
	for i, formal := range list {
		if i > 0 {
			p.text(", ")
		}
		p.name(formal.Name)
		if formal.Default != nil {
			p.text(" ? ")
			p.expr(formal.Default)
		}
	}
	if f.Ellipsis {
		if len(list) > 0 {
			p.text(", ")
		}
		p.text("...")
	}
	p.text(" }")
}

func (p *printer) assert(x *Assert) {
	if !p.opt.Desugar {
		p.text("(")
	}
	p.text("assert ")
	p.expr(x.Cond)
	p.text("; ")
	p.expr(x.Body)
	if !p.opt.Desugar {
		p.text(")")
	}
}

func (p *printer) unary(x *Unary) {
	switch {
	case x.Op == OpNot:
		p.text("(! ")
	case p.opt.Desugar:
		p.text("(__sub 0 ")
	default:
		p.text("(- ")
	}
	p.expr(x.X)
	p.text(")")
}

func (p *printer) binary(x *Binary) {
	if p.opt.Desugar && operators[x.Op].fn != 0 {
		not := x.Op == OpLessEqual || x.Op == OpGreaterEqual
		if not {
			p.text("(! ")
		}
		p.text("(")
		p.binaryCall(x)
		p.text(")")
		if not {
			p.text(")")
		}
		return
	}
	p.text("(")
	p.expr(x.X)
	p.text(" " + x.Op.String() + " ")
	p.expr(x.Y)
	p.text(")")
}

// binaryCall prints the call that the reference makes of x, without
// parentheses. There is one comparison only; > and <= turn its sides around.
func (p *printer) binaryCall(x *Binary) {
	p.name(operators[x.Op].fn)
	first, second := x.X, x.Y
	if x.Op == OpGreater || x.Op == OpLessEqual {
		first, second = second, first
	}
	p.text(" ")
	p.expr(first)
	p.text(" ")
	p.expr(second)
}

func (p *printer) compareNames(a, b Symbol) int {
	return cmp.Compare(p.symbols.Name(a), p.symbols.Name(b))
}

func (p *printer) attrs(x *Attrs) {
	if x.Rec {
		p.text("rec ")
	}
	p.text("{ ")
	p.bindings(x)
	p.text("}")
}

// bindings prints inherited attributes first, then the others by name, then
// computed ones.
func (p *printer) bindings(x *Attrs) {
	list := slices.Clone(x.List)
	slices.SortFunc(list, func(a, b Attr) int { return p.compareNames(a.Name, b.Name) })
	var inherited []Symbol
	byFrom := make([][]Symbol, len(x.From))
	for _, a := range list {
		switch a.Kind {
		case AttrInherit:
			inherited = append(inherited, a.Name)
		case AttrInheritFrom:
			byFrom[a.From] = append(byFrom[a.From], a.Name)
		}
	}
	p.inherit(nil, inherited)
	for i, from := range x.From {
		p.inherit(from, byFrom[i])
	}
	for _, a := range list {
		if a.Kind == AttrPlain {
			p.name(a.Name)
			p.text(" = ")
			p.expr(a.Value)
			p.text("; ")
		}
	}
	for _, a := range x.Dynamic {
		p.dynamicName(a.Name)
		p.text(" = ")
		p.expr(a.Value)
		p.text("; ")
	}
}

func (p *printer) inherit(from Expr, names []Symbol) {
	if len(names) == 0 && (from == nil || p.opt.Desugar) {
		return
	}
	p.text("inherit")
	if from != nil {
		p.text(" (")
		p.expr(from)
		p.text(")")
	}
	for _, name := range names {
		p.text(" ")
		p.name(name)
	}
	p.text("; ")
}

// PrintExpr returns x, which is in the tree, as the reference shows expressions.
// dir is what relative paths are relative to, home what ~ stands for.
func (t *Tree) PrintExpr(x Expr, dir, home string) string {
	p := printer{opt: PrintOptions{Desugar: true, Dir: dir, Home: home}, symbols: t.symbols}
	p.expr(x)
	return string(p.out)
}

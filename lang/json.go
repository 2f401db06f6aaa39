package lang

// This file defines the tree as JSON, with positions.

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// JSON returns the tree: an object for each node, with its type, its span as
// [line, column, end line, end column], and what it holds under the names in
// ast.go, with a small first letter; absent fields are left out. A variable says
// where it is found once the tree is resolved; what only an evaluator wants of
// the other nodes (the functions of operators, slots) is not shown. Bytes that
// are no UTF-8 are replaced.
func (t *Tree) JSON() []byte {
	w := jsonWriter{tree: t}
	w.expr(t.Root)
	return w.buf.Bytes()
}

type jsonWriter struct {
	tree  *Tree
	buf   bytes.Buffer
	comma bool // before the next field or element
}

func (w *jsonWriter) open(bracket byte) {
	w.separate()
	w.buf.WriteByte(bracket)
	w.comma = false
}

func (w *jsonWriter) close(bracket byte) {
	w.buf.WriteByte(bracket)
	w.comma = true
}

func (w *jsonWriter) separate() {
	if w.comma {
		w.buf.WriteByte(',')
	}
	w.comma = true
}

func (w *jsonWriter) key(name string) {
	w.separate()
	w.buf.WriteString(`"` + name + `":`)
	w.comma = false
}

// value writes a scalar.
func (w *jsonWriter) value(v any) {
	w.separate()
	enc := json.NewEncoder(&w.buf)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		w.buf.WriteString("null\n") // no literal is infinite, so this is not reached
	}
	w.buf.Truncate(w.buf.Len() - 1) // Encode ends a line
}

func (w *jsonWriter) field(name string, v any) {
	w.key(name)
	w.value(v)
}

func (w *jsonWriter) name(key string, sym Symbol) {
	if sym != 0 {
		w.field(key, w.tree.symbols.Name(sym))
	}
}

func (w *jsonWriter) child(key string, x Expr) {
	if x != nil {
		w.key(key)
		w.expr(x)
	}
}

func (w *jsonWriter) children(key string, list []Expr) {
	w.key(key)
	w.open('[')
	for _, x := range list {
		w.expr(x)
	}
	w.close(']')
}

func (w *jsonWriter) position(key string, p Pos) {
	pos := w.tree.File.Position(p)
	w.field(key, []int{pos.Line, pos.Column})
}

func (w *jsonWriter) doc(doc string) {
	if doc != "" {
		w.field("doc", doc)
	}
}

func (w *jsonWriter) ref(key string, r Ref) {
	switch r.Kind() {
	case RefLexical:
		w.field(key, []int{r.Level(), int(r.Slot)})
	case RefGlobal:
		w.field(key, "global")
	case RefWith:
		w.field(key, "with "+strconv.Itoa(r.Level()))
	}
}

func (w *jsonWriter) path(path []AttrName) {
	w.key("path")
	w.open('[')
	for _, n := range path {
		if n.Expr != nil {
			w.expr(n.Expr)
		} else {
			w.value(w.tree.symbols.Name(n.Name))
		}
	}
	w.close(']')
}

// expr writes the node x.
func (w *jsonWriter) expr(x Expr) {
	w.open('{')
	start, end := w.tree.File.Position(x.Span().Start), w.tree.File.Position(x.Span().End)
	w.field("type", typeName(x))
	w.field("span", []int{start.Line, start.Column, end.Line, end.Column})
	w.fields(x)
	w.close('}')
}

// typeName returns the name of x's type in ast.go.
func typeName(x Expr) string { return strings.TrimPrefix(fmt.Sprintf("%T", x), "*lang.") }

func (w *jsonWriter) fields(x Expr) {
	switch x := x.(type) {
	case *Var:
		w.name("name", x.Name)
		w.ref("ref", x.Ref)
	case *Int:
		w.field("value", x.Value)
	case *Float:
		w.field("value", x.Value)
	case *String:
		w.field("value", x.Value)
	case *Path:
		w.field("text", x.Text)
	case *Interp:
		if x.IsPath {
			w.field("isPath", true)
		}
		w.children("parts", x.Parts)
	case *SearchPath:
		w.field("text", x.Text)
	case *List:
		w.children("elems", x.Elems)
	case *Attrs:
		w.attrs(x)
	case *Select:
		w.child("x", x.X)
		w.path(x.Path)
		w.child("default", x.Default)
	case *HasAttr:
		w.child("x", x.X)
		w.path(x.Path)
	case *Apply:
		w.child("fn", x.Fn)
		w.children("args", x.Args)
	case *Lambda:
		w.lambda(x)
	case *Let:
		w.child("binds", x.Binds)
		w.child("body", x.Body)
	case *With:
		w.child("x", x.X)
		w.child("body", x.Body)
	case *Assert:
		w.child("cond", x.Cond)
		w.child("body", x.Body)
	case *If:
		w.child("cond", x.Cond)
		w.child("then", x.Then)
		w.child("else", x.Else)
	case *Unary:
		w.field("op", x.Op.String())
		w.child("x", x.X)
	case *Binary:
		w.field("op", x.Op.String())
		w.child("x", x.X)
		w.child("y", x.Y)
	}
}

func (w *jsonWriter) attrs(x *Attrs) {
	if x.Rec {
		w.field("rec", true)
	}
	w.key("list")
	w.open('[')
	for _, a := range sorted(x.List, func(a, b Attr) int { return cmp.Compare(a.Pos, b.Pos) }) {
		w.open('{')
		w.name("name", a.Name)
		w.position("pos", a.Pos)
		w.doc(w.tree.File.Doc(a.Pos))
		switch a.Kind {
		case AttrInherit:
			w.field("inherit", true)
		case AttrInheritFrom:
			w.field("inheritFrom", a.From)
		}
		w.child("value", a.Value)
		w.close('}')
	}
	w.close(']')
	if len(x.Dynamic) > 0 {
		w.key("dynamic")
		w.open('[')
		for _, a := range x.Dynamic {
			w.open('{')
			w.position("pos", a.Pos)
			w.child("name", a.Name)
			w.child("value", a.Value)
			w.close('}')
		}
		w.close(']')
	}
	if len(x.From) > 0 {
		w.children("from", x.From)
	}
}

func (w *jsonWriter) lambda(x *Lambda) {
	w.name("name", x.Name)
	if x.Doc.Start != 0 {
		w.doc(w.tree.File.Text(x.Doc))
	}
	w.name("param", x.Param)
	if x.Formals != nil {
		w.key("formals")
		w.open('[')
		for _, f := range sorted(x.Formals.List, func(a, b Formal) int { return cmp.Compare(a.Pos, b.Pos) }) {
			w.open('{')
			w.name("name", f.Name)
			w.position("pos", f.Pos)
			w.child("default", f.Default)
			w.close('}')
		}
		w.close(']')
		if x.Formals.Ellipsis {
			w.field("ellipsis", true)
		}
	}
	w.child("body", x.Body)
}

// sorted returns a sorted copy of list.
func sorted[T any](list []T, compare func(a, b T) int) []T {
	list = slices.Clone(list)
	slices.SortStableFunc(list, compare)
	return list
}

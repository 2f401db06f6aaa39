package core

// This file defines how values are printed: as the result of an evaluation,
// and in messages.

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/firn-lang/firn/eval/heap"
	"github.com/firn-lang/firn/eval/numtext"
	"github.com/firn-lang/firn/lang"
)

// showType returns what messages call the type of v.
func (w *worker) showType(v heap.Value) TypeName {
	switch k := w.KindOf(v); {
	case k.IsInt():
		return "an integer"
	case k == heap.Bool:
		return "a Boolean"
	case k == heap.String:
		if w.Context(v) != 0 {
			return "a string with context"
		}
		return "a string"
	case k == heap.Path:
		return "a path"
	case k == heap.Null:
		return "null"
	case k.IsAttrs():
		return "a set"
	case k == heap.List:
		return "a list"
	case k == heap.Float:
		return "a float"
	case k == heap.Builtin:
		return TypeName(fmt.Sprintf("the built-in function '%s'", w.ev.builtins[w.Code(v)].Name))
	case k == heap.Partial:
		if fn, _ := w.Partial(v); w.KindOf(fn) == heap.Builtin {
			return TypeName(fmt.Sprintf("the partially applied built-in function '%s'", w.ev.builtins[w.Code(fn)].Name))
		}
		return "a function"
	case k == heap.Lambda:
		return "a function"
	}
	return "an external value"
}

// appendString appends s as a string literal of at most limit bytes of s.
func appendString(out []byte, s string, limit int) []byte {
	if limit >= len(s) {
		return lang.AppendQuoted(out, s)
	}
	out = lang.AppendEscaped(append(out, '"'), s, 0, limit)
	return appendElided(append(out, '"', ' '), len(s)-limit, "byte", "bytes")
}

func appendElided(out []byte, n int, one, many string) []byte {
	if n == 1 {
		many = one
	}
	return fmt.Appendf(out, "«%d %s elided»", n, many)
}

// printShort returns v as messages show it: not forcing anything, and cut where
// it is long.
func (w *worker) printShort(v heap.Value) Shown {
	p := shortPrinter{w: w, seen: map[heap.Value]struct{}{}}
	p.print(heap.Lazy(v), 0)
	return Shown(p.out)
}

// Bounds of what a message shows of a value, as in the reference.
const (
	shortDepth  = 10
	shortItems  = 10
	shortString = 1024
)

type shortPrinter struct {
	w     *worker
	out   []byte
	attrs int // attributes printed
	items int // list elements printed
	seen  map[heap.Value]struct{}
}

func (p *shortPrinter) text(s string) { p.out = append(p.out, s...) }

func (p *shortPrinter) print(l heap.Lazy, depth int) {
	w := p.w
	if !w.IsValue(l) {
		was := w.Peek(l)
		switch was.Kind() {
		case heap.Indirect:
			l = heap.Lazy(was.Target())
		case heap.BlackHole:
			p.text("«potential infinite recursion»")
			return
		default:
			p.text("«thunk»")
			return
		}
	}
	v := heap.Value(l)
	switch k := w.KindOf(v); {
	case k.IsAttrs():
		p.set(v, depth)
	case k == heap.List:
		p.list(v, depth)
	case k == heap.String:
		p.out = appendString(p.out, w.Text(v), shortString)
	case k.IsFunction():
		p.text(w.showFunction(v))
	default:
		p.out = w.appendScalar(p.out, v)
	}
}

// repeated marks v as printed, and reports whether it was before.
func (p *shortPrinter) repeated(v heap.Value) bool {
	if _, ok := p.seen[v]; ok {
		p.text("«repeated»")
		return true
	}
	p.seen[v] = struct{}{}
	return false
}

func (p *shortPrinter) set(v heap.Value, depth int) {
	if p.repeated(v) {
		return
	}
	if depth >= shortDepth {
		p.text("{ ... }")
		return
	}
	p.text("{")
	all := p.w.sortedAttrs(v)
	important := func(e heap.Entry) bool {
		name := p.w.name(e.Name)
		return name == "type" || name == "_type"
	}
	slices.SortStableFunc(all, func(a, b heap.Entry) int {
		switch ia, ib := important(a), important(b); {
		case ia && !ib:
			return -1
		case ib && !ia:
			return 1
		}
		return 0
	})
	for i, e := range all {
		p.text(" ")
		if p.attrs >= shortItems {
			p.out = appendElided(p.out, len(all)-i, "attribute", "attributes")
			break
		}
		p.out = lang.AppendName(p.out, p.w.name(e.Name))
		p.text(" = ")
		p.print(e.Value, depth+1)
		p.text(";")
		p.attrs++
	}
	p.text(" }")
}

func (p *shortPrinter) list(v heap.Value, depth int) {
	n := p.w.Len(v)
	if n > 0 && p.repeated(v) {
		return
	}
	if depth >= shortDepth {
		p.text("[ ... ]")
		return
	}
	p.text("[")
	for i, l := range p.w.Elems(v) {
		p.text(" ")
		if p.items >= shortItems {
			p.out = appendElided(p.out, n-i, "item", "items")
			break
		}
		p.print(l, depth+1)
		p.items++
	}
	p.text(" ]")
}

// appendScalar appends a value that has no parts.
func (w *worker) appendScalar(out []byte, v heap.Value) []byte {
	switch k := w.KindOf(v); {
	case k.IsInt():
		return strconv.AppendInt(out, w.Int(v), 10)
	case k == heap.Float:
		return numtext.AppendFloat(out, w.Float(v))
	case k == heap.Bool:
		return strconv.AppendBool(out, w.Bool(v))
	case k == heap.Null:
		return append(out, "null"...)
	case k == heap.Path:
		return append(out, showPath(w.Text(v))...)
	}
	return append(out, "«external»"...)
}

// showFunction returns what messages and the prompt show for a function.
func (w *worker) showFunction(v heap.Value) string {
	partial := 0
	fn := v
	if w.KindOf(v) == heap.Partial {
		var args []heap.Lazy
		fn, args = w.Partial(v)
		partial = len(args)
	}
	if w.KindOf(fn) == heap.Builtin {
		b := &w.ev.builtins[w.Code(fn)]
		name := b.Name
		if b.Label && partial > 0 {
			_, args := w.Partial(v)
			if x := w.Known(args[0]); x != 0 && w.KindOf(x) == heap.External {
				name = fmt.Sprint(w.ev.ExternalOf(w.External(x)))
				partial--
			}
		}
		if partial > 0 {
			return "«partially applied primop " + name + "»"
		}
		return "«primop " + name + "»"
	}
	code, _ := w.Closure(fn)
	x := w.function(code).lambdas[partial]
	name := ""
	if sym := x.BoundName(); sym != 0 {
		name = " " + w.showName(sym)
	}
	return "«lambda" + name + " @ " + w.showPos(x.At) + "»"
}

// sortedAttrs returns the attributes of a set sorted by name.
func (w *worker) sortedAttrs(v heap.Value) []heap.Entry {
	out := slices.Clone(w.All(v))
	byName := func(a, b heap.Entry) int { return strings.Compare(w.name(a.Name), w.name(b.Name)) }
	if len(out) < manyNames {
		slices.SortFunc(out, byName)
		return out
	}
	w.sort(len(out), func(stop func()) {
		slices.SortFunc(out, func(a, b heap.Entry) int {
			stop()
			return byName(a, b)
		})
	})
	return out
}

// print writes v as nix-instantiate --eval does. What is not evaluated is
// <CODE>; nothing is forced.
func (w *worker) print(out io.Writer, v heap.Value) error {
	p := printer{w: w, out: out, seen: map[heap.Value]struct{}{}}
	p.print(heap.Lazy(v))
	if p.err == nil {
		p.flush()
	}
	return p.err
}

type printer struct {
	w     *worker
	out   io.Writer
	buf   []byte
	seen  map[heap.Value]struct{}
	depth int // how many sets and lists are around what is printed
	err   error
}

const printBuffer = 1 << 16

func (p *printer) flush() {
	if p.err == nil {
		_, p.err = p.out.Write(p.buf)
	}
	p.buf = p.buf[:0]
}

func (p *printer) text(s string) {
	p.buf = append(p.buf, s...)
	if len(p.buf) > printBuffer {
		p.flush()
	}
}

func (p *printer) print(l heap.Lazy) {
	w := p.w
	if p.err != nil {
		return
	}
	if !w.tick(1) {
		p.err = w.take()
		return
	}
	if p.depth > w.maxDepth {
		p.flush()
		w.tooDeep(w.definedAt(l))
		p.err = w.take()
		return
	}
	if !w.IsValue(l) {
		was := w.Peek(l)
		switch was.Kind() {
		case heap.Indirect:
			l = heap.Lazy(was.Target())
		case heap.BlackHole:
			p.text("«potential infinite recursion»")
			return
		default:
			p.text("<CODE>")
			return
		}
	}
	v := heap.Value(l)
	k := w.KindOf(v)
	switch {
	case k.IsAttrs() && w.Size(v) > 0, k == heap.List && w.Len(v) > 0:
		if _, ok := p.seen[v]; ok {
			p.text("«repeated»")
			return
		}
		p.seen[v] = struct{}{}
		if !w.enter(frameGo) {
			p.err = w.take()
			return
		}
		defer w.leave(frameGo)
		p.depth++
		defer func() { p.depth-- }()
		if k == heap.List {
			p.text("[ ")
			for _, l := range w.Elems(v) {
				p.print(l)
				p.text(" ")
			}
			p.text("]")
			return
		}
		p.text("{ ")
		for _, e := range w.sortedAttrs(v) {
			p.buf = lang.AppendName(p.buf, w.name(e.Name))
			p.text(" = ")
			p.print(e.Value)
			p.text("; ")
		}
		p.text("}")
	case k.IsAttrs():
		p.text("{ }")
	case k == heap.List:
		p.text("[ ]")
	case k == heap.String:
		p.buf = lang.AppendQuoted(p.buf, w.Text(v))
		p.text("")
	case k == heap.Lambda:
		p.text("<LAMBDA>")
	case k == heap.Builtin:
		p.text("<PRIMOP>")
	case k == heap.Partial:
		if fn, _ := w.Partial(v); w.KindOf(fn) == heap.Builtin {
			p.text("<PRIMOP-APP>")
		} else {
			p.text("<LAMBDA>")
		}
	default:
		p.buf = w.appendScalar(p.buf, v)
		p.text("")
	}
}

// posValue returns a place as a set of file, line and column; null for one that
// is not in a file.
func (w *worker) posValue(pos lang.Pos) heap.Value {
	f := w.ev.config.Files.File(pos)
	if f == nil || !strings.HasPrefix(f.Name, "/") {
		return heap.NullValue
	}
	p := f.Position(pos)
	n := w.ev.names
	return w.AttrsOf([]heap.Entry{
		{Name: n.file, Value: heap.Lazy(w.NewString(rootPath(f.Name), 0))},
		{Name: n.line, Value: heap.Lazy(w.NewInt(int64(p.Line)))},
		{Name: n.column, Value: heap.Lazy(w.NewInt(int64(p.Column)))},
	})
}

// ShowAll returns v as messages show it, but all of it: what builtins.trace
// prints. Nothing is forced.
func (c *Call) ShowAll(v heap.Value) (string, error) {
	p := fullPrinter{w: c.w, seen: map[heap.Value]struct{}{}}
	if !p.print(heap.Lazy(v)) {
		return "", c.w.take()
	}
	return string(p.out), nil
}

type fullPrinter struct {
	w    *worker
	out  []byte
	seen map[heap.Value]struct{}
}

func (p *fullPrinter) print(l heap.Lazy) bool {
	w := p.w
	if !w.tick(1) || len(p.out) > largeText && !w.checkSize(uint64(len(p.out))/8) {
		return false
	}
	if !w.IsValue(l) {
		was := w.Peek(l)
		switch was.Kind() {
		case heap.Indirect:
			l = heap.Lazy(was.Target())
		case heap.BlackHole:
			p.out = append(p.out, "«potential infinite recursion»"...)
			return true
		default:
			p.out = append(p.out, "«thunk»"...)
			return true
		}
	}
	v := heap.Value(l)
	switch k := w.KindOf(v); {
	case k.IsAttrs(), k == heap.List:
		return p.parts(v)
	case k == heap.String:
		p.out = lang.AppendQuoted(p.out, w.Text(v))
	case k.IsFunction():
		p.out = append(p.out, w.showFunction(v)...)
	default:
		p.out = w.appendScalar(p.out, v)
	}
	return true
}

// parts prints a set or list.
func (p *fullPrinter) parts(v heap.Value) bool {
	w := p.w
	isList := w.KindOf(v) == heap.List
	if !isList || w.Len(v) > 0 {
		if _, ok := p.seen[v]; ok {
			p.out = append(p.out, "«repeated»"...)
			return true
		}
		p.seen[v] = struct{}{}
	}
	if !w.enter(frameGo) {
		return false
	}
	defer w.leave(frameGo)
	if isList {
		p.out = append(p.out, "[ "...)
		for _, l := range w.Elems(v) {
			if !p.print(l) {
				return false
			}
			p.out = append(p.out, ' ')
		}
		p.out = append(p.out, ']')
		return true
	}
	p.out = append(p.out, "{ "...)
	for _, e := range w.sortedAttrs(v) {
		p.out = lang.AppendName(p.out, w.name(e.Name))
		p.out = append(p.out, " = "...)
		if !p.print(e.Value) {
			return false
		}
		p.out = append(p.out, "; "...)
	}
	p.out = append(p.out, '}')
	return true
}

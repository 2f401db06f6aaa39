package core

// This file defines what builtins about data need of a Call.

import (
	"strings"

	"github.com/firn-lang/firn/eval/heap"
	"github.com/firn-lang/firn/lang"
)

// ErrorfAt is like Errorf; the error is at pos.
func (c *Call) ErrorfAt(code Code, pos lang.Pos, format string, args ...any) error {
	return c.w.errorf(code, pos, format, args...)
}

// FrameAlways adds a step with a text to err that is shown however long the
// trace is, and returns it.
func (c *Call) FrameAlways(err error, text string) error {
	e := c.w.asError(err)
	e.Frames = append(e.Frames, Frame{Always: true, format: "%s", args: []any{strings.Clone(text)}})
	return e
}

// DefinedAt returns where the function or set v stands in its text. For a value
// that is something else it returns pos.
func (c *Call) DefinedAt(v heap.Value, pos lang.Pos) lang.Pos {
	at := c.w.definedAt(heap.Lazy(v))
	if k := c.w.KindOf(v); k.IsAttrs() || at != 0 {
		return at
	}
	return pos
}

// lambdaPos returns where the lambda stands that is left of the closure v after
// args arguments.
func (w *worker) lambdaPos(v heap.Value, args int) lang.Pos {
	n, _ := w.Closure(v)
	return w.function(n).lambdas[args].At
}

// AttrName returns the name of an attribute as messages show it: with quotes if
// it is no identifier.
func (c *Call) AttrName(name string) string { return lang.QuoteName(name) }

// BuiltinName returns the name of the builtin that v is; "" if it is none, or
// has got arguments.
func (c *Call) BuiltinName(v heap.Value) string {
	if c.w.KindOf(v) != heap.Builtin {
		return ""
	}
	return c.w.ev.builtins[c.w.Code(v)].Name
}

// BuiltinOf returns the declaration of the builtin that v is; nil if it is none,
// or has got arguments. It is not to be modified.
func (c *Call) BuiltinOf(v heap.Value) *Builtin {
	if c.w.KindOf(v) != heap.Builtin {
		return nil
	}
	return &c.w.ev.builtins[c.w.Code(v)]
}

// NewBytes returns a string of n bytes with a context, and the bytes, which are
// to be set at once.
func (c *Call) NewBytes(n int, ctx Context) (heap.Value, []byte, error) {
	if err := c.CheckSize(uint64(n)/8 + 1); err != nil {
		return 0, nil, err
	}
	v, b := c.w.NewBytes(heap.String, n, uint32(ctx))
	return v, b, nil
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

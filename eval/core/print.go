package core

// This file defines how values are printed: as the result of an evaluation,
// and in messages.

import (
	"fmt"
	"strings"

	"github.com/firn-lang/firn/eval/format"
	"github.com/firn-lang/firn/eval/heap"
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

// printShort returns v as messages show it: not forcing anything, and cut where
// it is long.
func (w *worker) printShort(v heap.Value) Shown { return Shown(format.Short(w.source(), v)) }

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
		b := w.ev.builtins[w.Code(fn)]
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

// posValue returns a place as a set of file, line and column; null for one that
// is not in a file.
func (w *worker) posValue(pos lang.Pos) heap.Value {
	f := w.ev.config.Files.File(pos)
	if f == nil || !strings.HasPrefix(f.Path, "/") {
		return heap.NullValue
	}
	file, ok := w.settled(f.Path)
	if !ok {
		return 0
	}
	p := f.Position(pos)
	n := w.ev.names
	return w.AttrsOf([]heap.Entry{
		{Name: n.file, Value: heap.Lazy(w.NewString(rootPath(file), 0))},
		{Name: n.line, Value: heap.Lazy(w.NewInt(int64(p.Line)))},
		{Name: n.column, Value: heap.Lazy(w.NewInt(int64(p.Column)))},
	})
}

// ShowAll returns v as messages show it, but all of it: what builtins.trace
// prints. Nothing is forced.
func (c *Call) ShowAll(v heap.Value) (string, error) { return format.Trace(c.Source(), v) }

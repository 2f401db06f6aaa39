package core

import (
	"strconv"
	"strings"

	"github.com/firn-lang/firn/eval/heap"
	"github.com/firn-lang/firn/lang"
)

// This file defines attribute paths such as a.b.0, and what command lines do on the way.

// AutoCall calls v if it is a function with a pattern, with those of args that
// it takes, or a functor that comes to one. What is not given has to have a
// default.
func (c *Call) AutoCall(v, args heap.Value) (heap.Value, error) {
	w := c.w
	at := w.definedAt(heap.Lazy(v))
	for w.KindOf(v).IsAttrs() {
		functor := w.Find(v, w.ev.names.functor)
		if functor == 0 {
			return v, nil
		}
		fn := w.forceSlot(functor, at)
		if fn == 0 {
			return 0, w.take()
		}
		args := [1]heap.Lazy{heap.Lazy(v)}
		if v = w.call(fn, args[:], at); v == 0 {
			return 0, w.take()
		}
		at = w.definedAt(heap.Lazy(v))
	}
	formals, ok := w.formals(v)
	if !ok {
		return v, nil
	}
	var entries []heap.Entry
	if formals.Ellipsis {
		entries = append(entries, w.All(args)...)
	} else {
		for _, f := range formals.List {
			if l := w.Get(args, f.Name); l != 0 {
				entries = append(entries, heap.Entry{Name: f.Name, Value: l})
			} else if f.Default == nil {
				e := w.errorf(CodeMissingArgument, f.Pos, missingArgument, Name(w.showName(f.Name)))
				e.Kind = ErrMissingArgument
				return 0, e
			}
		}
	}
	taken := [1]heap.Lazy{heap.Lazy(w.AttrsOf(entries))}
	return w.result(w.call(v, taken[:], at))
}

const missingArgument = `cannot evaluate a function that has an argument without a value ('%s')
Nix attempted to evaluate a function as a top level expression; in
this case it must have its arguments supplied either by default
values, or passed explicitly with '--arg' or '--argstr'. See
https://nix.dev/manual/nix/stable/language/syntax.html#functions.`

// SelectPath returns what the attribute path, as in a.b.0, leads to from v.
// Functions on the way, not the one at the end, are called with args.
func (c *Call) SelectPath(v heap.Value, attrPath string, args heap.Value) (heap.Value, error) {
	w := c.w
	names, ok := SplitAttrPath(attrPath)
	if !ok {
		return 0, c.Errorf(CodeSelectionPath, "missing closing quote in selection path '%s'", attrPath)
	}
	for _, name := range names {
		var err error
		if v, err = c.AutoCall(v, args); err != nil {
			return 0, err
		}
		var at heap.Slot
		if i, err := strconv.ParseUint(name, 10, 32); err == nil {
			if w.KindOf(v) != heap.List {
				return 0, c.Errorf(CodeWrongType, "the expression selected by the selection path '%s' should be a list but is %s",
					attrPath, w.showType(v))
			}
			if i >= uint64(w.Len(v)) {
				return 0, c.Errorf(CodeOutOfRange, "list index %d in selection path '%s' is out of range", i, attrPath)
			}
			at = w.ElemSlot(v, int(i))
		} else {
			if !w.KindOf(v).IsAttrs() {
				return 0, c.Errorf(CodeWrongType, "the expression selected by the selection path '%s' should be a set but is %s",
					attrPath, w.showType(v))
			}
			if name == "" {
				return 0, c.Errorf(CodeSelectionPath, "empty attribute name in selection path '%s'", attrPath)
			}
			sym := c.Lookup(name)
			if sym != 0 {
				at = w.Find(v, sym)
			}
			if at == 0 {
				e := w.errorf(CodeMissingAttribute, 0, "attribute '%s' in selection path '%s' not found", Name(name), attrPath)
				if w.Size(v) < 1<<15 {
					names := w.attrNames(v)
					e.Suggestions, e.Near = lang.Near(name, names), lang.Similar(name, names)
					if len(names) <= maxKnown {
						e.Known = names
					}
				}
				return 0, e
			}
		}
		pos := w.definedAt(w.Load(at))
		if v = w.forceSlot(at, pos); v == 0 {
			return 0, w.take()
		}
	}
	return v, nil
}

// SplitAttrPath splits an attribute path, as in a.b."c.d", at its dots. ok is false if a
// quote is not closed.
func SplitAttrPath(text string) (names []string, ok bool) {
	for i := 0; i < len(text); {
		var name strings.Builder
		for ; i < len(text) && text[i] != '.'; i++ {
			if text[i] != '"' {
				name.WriteByte(text[i])
				continue
			}
			end := strings.IndexByte(text[i+1:], '"')
			if end < 0 {
				return nil, false
			}
			name.WriteString(text[i+1 : i+1+end])
			i += end + 1
		}
		i++
		names = append(names, name.String())
	}
	return names, true
}

package eval

// This file defines values as Go programs hold them.

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"runtime"
	"slices"
	"strings"

	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/eval/heap"
	"github.com/firn-lang/firn/eval/world"
	"github.com/firn-lang/firn/lang"
)

// A Value is a value of Nix, or a part of one that was not evaluated yet: its
// Kind is KindThunk then. It keeps what it refers to alive, and its Evaluator. It may
// be used by several goroutines at once. The zero Value is none; its Kind is
// KindInvalid.
//
// Values that an evaluation returned are evaluated on the outside. Attrs, Elems
// and Attr evaluate nothing, so what they return may be a KindThunk. Select, Force
// and Decode evaluate what they need.
type Value struct {
	ev    *Evaluator
	roots *core.Roots
	scope *world.Scope // the mounts that it was evaluated with, and its parts are
	l     heap.Lazy
}

// A Kind is what a Value is.
type Kind uint8

// Kinds of values.
const (
	KindInvalid Kind = iota
	KindThunk        // not evaluated yet
	KindNull
	KindBool
	KindInt
	KindFloat
	KindString
	KindPath
	KindList
	KindAttrs
	KindFunction
	KindExternal // a Go value
)

// String returns the kind in the words of builtins.typeOf.
func (k Kind) String() string {
	names := [...]string{
		"invalid", "thunk", "null", "bool", "int", "float", "string", "path", "list", "set", "lambda", "external",
	}
	if int(k) >= len(names) {
		return "invalid"
	}
	return names[k]
}

// keep returns a value that keeps l alive. It is to be called in the evaluation
// that l is from, of which c is a call.
func (ev *Evaluator) keep(c *core.Call, l heap.Lazy) Value {
	return Value{ev, ev.core.NewRoots(l), world.ScopeOf(c.Ctx()), l}
}

// grant makes the evaluation that c is a call of see the mounts of v, which gets into it.
func (v Value) grant(c *core.Call) {
	if v.scope != nil {
		c.Extend(v.scope.In(c.Ctx()))
	}
}

func kindOf(k heap.Kind) Kind {
	switch {
	case k == heap.Null:
		return KindNull
	case k == heap.Bool:
		return KindBool
	case k.IsInt():
		return KindInt
	case k == heap.Float:
		return KindFloat
	case k == heap.String:
		return KindString
	case k == heap.Path:
		return KindPath
	case k == heap.List:
		return KindList
	case k.IsAttrs():
		return KindAttrs
	case k.IsFunction():
		return KindFunction
	case k == heap.External:
		return KindExternal
	}
	return KindThunk
}

// read calls fn with what v is, unless it is a thunk or nothing.
func (v Value) read(fn func(s *heap.Space, x heap.Value, k heap.Kind)) {
	if v.ev == nil {
		return
	}
	v.ev.core.Read(func(s *heap.Space) {
		if x := s.Known(v.l); x != 0 {
			fn(s, x, s.KindOf(x))
		}
	})
	runtime.KeepAlive(v.roots)
}

// Evaluator returns whose value it is; nil for the zero Value.
func (v Value) Evaluator() *Evaluator { return v.ev }

// Kind returns what v is. It evaluates nothing.
func (v Value) Kind() Kind {
	if v.ev == nil {
		return KindInvalid
	}
	kind := KindThunk
	v.ev.core.Read(func(s *heap.Space) {
		if x := s.Known(v.l); x != 0 {
			kind = kindOf(s.KindOf(x))
		} else if s.Kind(v.l) == heap.LambdaThunk {
			kind = KindFunction
		}
	})
	runtime.KeepAlive(v.roots)
	return kind
}

// Bool returns the Boolean that v is, and whether it is one.
func (v Value) Bool() (b, ok bool) {
	v.read(func(s *heap.Space, x heap.Value, k heap.Kind) {
		if ok = k == heap.Bool; ok {
			b = s.Bool(x)
		}
	})
	return b, ok
}

// Int returns the integer that v is, and whether it is one.
func (v Value) Int() (n int64, ok bool) {
	v.read(func(s *heap.Space, x heap.Value, k heap.Kind) {
		if ok = k.IsInt(); ok {
			n = s.Int(x)
		}
	})
	return n, ok
}

// Float returns the number that v is, and whether it is one, an integer or not.
func (v Value) Float() (f float64, ok bool) {
	v.read(func(s *heap.Space, x heap.Value, k heap.Kind) {
		switch {
		case k.IsInt():
			f, ok = float64(s.Int(x)), true
		case k == heap.Float:
			f, ok = s.Float(x), true
		}
	})
	return f, ok
}

// Text returns the bytes of v, and whether it is a string or a path. They need
// not be UTF-8.
func (v Value) Text() (text string, ok bool) {
	isPath := false
	v.read(func(s *heap.Space, x heap.Value, k heap.Kind) {
		isPath = k == heap.Path
		if ok = k == heap.String || isPath; ok {
			text = strings.Clone(s.Text(x))
		}
	})
	if isPath {
		// That a file of a flake cannot be read any more shows when it is asked for.
		if settled, err := v.ev.store.Settle(context.Background(), text); err == nil {
			text = settled
		}
	}
	return text, ok
}

// Context returns the store references that v carries, a string.
func (v Value) Context() []ContextElem {
	var out []ContextElem
	v.read(func(s *heap.Space, x heap.Value, k heap.Kind) {
		if k == heap.String {
			out = contextElems(v.ev.core.ContextOf(core.Context(s.Context(x))))
		}
	})
	return out
}

// A ContextKind says what a ContextElem refers to.
type ContextKind uint8

// Kinds of store references.
const (
	ContextPath   ContextKind = iota // a store path
	ContextDeep                      // a derivation with all its outputs and inputs
	ContextOutput                    // an output of a derivation
)

// A ContextElem is a store reference of a string.
type ContextElem struct {
	Kind   ContextKind
	Path   string // the store path; for ContextDeep and ContextOutput that of the derivation
	Output string // its name, for ContextOutput; outputs of outputs are separated by !
}

// String returns the reference as Nix writes it: path, =path or !output!path.
func (e ContextElem) String() string { return e.inner().String() }

// contextElems returns references of package core.
func contextElems(list []core.ContextElem) []ContextElem {
	var out []ContextElem
	for _, e := range list {
		out = append(out, ContextElem{ContextKind(e.Kind), e.Path, e.Output})
	}
	return out
}

// inner returns the reference as package core has it.
func (e ContextElem) inner() core.ContextElem {
	return core.ContextElem{Kind: core.ContextKind(e.Kind), Path: e.Path, Output: e.Output}
}

// External returns the Go value that v stands for; nil if it is none.
func (v Value) External() (x any) {
	v.read(func(s *heap.Space, n heap.Value, k heap.Kind) {
		if k == heap.External {
			x = v.ev.core.ExternalOf(s.External(n))
		}
	})
	return x
}

// Len returns how many elements a list has, or attributes a set; 0 for anything
// else.
func (v Value) Len() (n int) {
	v.read(func(s *heap.Space, x heap.Value, k heap.Kind) {
		switch {
		case k == heap.List:
			n = s.Len(x)
		case k.IsAttrs():
			n = s.Size(x)
		}
	})
	return n
}

// Elems returns the elements of a list, with their numbers from 0. Nothing is
// evaluated. While one of them is referenced, so are all.
func (v Value) Elems() iter.Seq2[int, Value] {
	return func(yield func(int, Value) bool) {
		var refs []heap.Lazy
		var roots *core.Roots
		v.read(func(s *heap.Space, x heap.Value, k heap.Kind) {
			if k == heap.List {
				refs = append(refs, s.Elems(x)...)
				roots = v.ev.core.NewRoots(refs...)
			}
		})
		for i, l := range refs {
			if !yield(i, Value{v.ev, roots, v.scope, l}) {
				return
			}
		}
	}
}

// Attrs returns the attributes of a set, sorted by name. Nothing is evaluated.
// While one of them is referenced, so are all.
func (v Value) Attrs() iter.Seq2[string, Value] {
	return func(yield func(string, Value) bool) {
		var names []string
		var refs []heap.Lazy
		var roots *core.Roots
		v.read(func(s *heap.Space, x heap.Value, k heap.Kind) {
			if !k.IsAttrs() {
				return
			}
			all := slices.Clone(s.All(x))
			symbols := v.ev.core.Symbols()
			slices.SortFunc(all, func(a, b heap.Entry) int {
				return strings.Compare(symbols.Name(a.Name), symbols.Name(b.Name))
			})
			for _, e := range all {
				names = append(names, symbols.Name(e.Name))
				refs = append(refs, e.Value)
			}
			roots = v.ev.core.NewRoots(refs...)
		})
		for i, l := range refs {
			if !yield(names[i], Value{v.ev, roots, v.scope, l}) {
				return
			}
		}
	}
}

// Attr returns an attribute of a set, and whether there is one. Nothing is
// evaluated.
func (v Value) Attr(name string) (out Value, ok bool) {
	v.read(func(s *heap.Space, x heap.Value, k heap.Kind) {
		sym := v.ev.core.Symbols().Lookup(name)
		if !k.IsAttrs() || sym == 0 {
			return
		}
		if l := s.Get(x, sym); l != 0 {
			out, ok = Value{v.ev, v.ev.core.NewRoots(l), v.scope, l}, true
		}
	})
	return out, ok
}

// Position returns where an attribute of a set was defined, and whether that is
// known.
func (v Value) Position(name string) (pos lang.Position, ok bool) {
	if v.Kind() != KindAttrs {
		return pos, false
	}
	v.ev.core.ReadCall(func(c *core.Call) {
		x := c.Heap().Known(v.l)
		if sym := c.Lookup(name); sym != 0 && c.Heap().Find(x, sym) != 0 {
			if p := c.AttrPos(x, sym); p != 0 {
				pos, ok = v.ev.core.Files().Position(p), true
			}
		}
	})
	runtime.KeepAlive(v.roots)
	return pos, ok
}

var errInvalid = errors.New("eval: the zero Value cannot be evaluated")

// within evaluates in fn, which gets what v is.
func (v Value) within(ctx context.Context, fn func(c *core.Call, l heap.Lazy) error) error {
	if v.ev == nil {
		return errInvalid
	}
	err := v.ev.run(v.scope.In(ctx), func(c *core.Call) error { return fn(c, v.l) })
	runtime.KeepAlive(v.roots)
	return err
}

// to is within, for what comes to a value.
func (v Value) to(ctx context.Context, fn func(c *core.Call, l heap.Lazy) (heap.Value, error)) (out Value, err error) {
	err = v.within(ctx, func(c *core.Call, l heap.Lazy) error {
		x, err := fn(c, l)
		if err == nil {
			out = v.ev.keep(c, heap.Lazy(x))
		}
		return err
	})
	return out, err
}

// Force evaluates v on the outside.
func (v Value) Force(ctx context.Context) (Value, error) {
	return v.to(ctx, func(c *core.Call, l heap.Lazy) (heap.Value, error) { return c.Force(l) })
}

// DeepForce evaluates v and all that it consists of.
func (v Value) DeepForce(ctx context.Context) error {
	return v.within(ctx, func(c *core.Call, l heap.Lazy) error { return c.DeepForce(l) })
}

// Select evaluates what an attribute path leads to, such as "a.b", `a."b c"` or
// "list.0". Functions on the way are called if all their arguments have defaults.
func (v Value) Select(ctx context.Context, path string) (Value, error) {
	return v.SelectWith(ctx, path, nil)
}

// SelectWith is Select with arguments for functions on the way: each is called with those
// of args that it takes, as by AutoCall. A function at the end of the path is not called.
func (v Value) SelectWith(ctx context.Context, path string, args map[string]any) (Value, error) {
	return v.to(ctx, func(c *core.Call, l heap.Lazy) (heap.Value, error) {
		given, err := v.encodeArgs(c, args)
		if err != nil {
			return 0, err
		}
		x, err := c.Force(l)
		if err != nil {
			return 0, err
		}
		return c.SelectPath(x, path, given)
	})
}

// AttrPath splits an attribute path, as Select has it, into its names. The error is that of a
// quote that is not closed.
func AttrPath(path string) ([]string, error) {
	names, ok := core.SplitAttrPath(path)
	if !ok {
		return nil, fmt.Errorf("eval: a quote is not closed in the attribute path %s", path)
	}
	return names, nil
}

// encodeArgs returns the set of arguments for functions on the way.
func (v Value) encodeArgs(c *core.Call, args map[string]any) (heap.Value, error) {
	if len(args) == 0 {
		return heap.EmptyAttrs, nil
	}
	e := encoder{ev: v.ev, c: c}
	set, err := e.encode(args)
	if err != nil {
		return 0, fmt.Errorf("eval: %w", err)
	}
	return c.Force(set)
}

// Call calls a function with arguments, one after the other: see Encode for what
// they may be.
func (v Value) Call(ctx context.Context, args ...any) (Value, error) {
	return v.to(ctx, func(c *core.Call, l heap.Lazy) (heap.Value, error) {
		x, err := c.Force(l)
		if err != nil || len(args) == 0 {
			return x, err
		}
		var buf [4]heap.Lazy // so that few arguments need no memory of Go's
		list := buf[:0]
		for i, arg := range args {
			l, err := v.ev.encode(c, arg)
			if err != nil {
				return 0, fmt.Errorf("eval: argument %d: %w", i+1, err)
			}
			list = append(list, l)
		}
		return c.Apply(x, list...)
	})
}

// AutoCall calls v, if it is a function of a set, with those of args that it takes:
// as command lines do. What is not given has to have a default. If v is another
// value, it is the result.
func (v Value) AutoCall(ctx context.Context, args map[string]any) (Value, error) {
	return v.to(ctx, func(c *core.Call, l heap.Lazy) (heap.Value, error) {
		x, err := c.Force(l)
		if err != nil {
			return x, err
		}
		given, err := v.encodeArgs(c, args)
		if err != nil {
			return 0, err
		}
		return c.AutoCall(x, given)
	})
}

// String returns v as messages show it, cut where it is long. Nothing is
// evaluated.
func (v Value) String() string {
	if v.ev == nil {
		return "«invalid»"
	}
	text := "«thunk»"
	v.ev.core.ReadCall(func(c *core.Call) {
		if x := c.Heap().Known(v.l); x != 0 {
			text = string(c.Show(x))
		}
	})
	runtime.KeepAlive(v.roots)
	return text
}

// Describe returns the type of v with an article, as messages have it: "an integer", "the
// built-in function 'map'", "a thunk". Nothing is evaluated.
func (v Value) Describe() string {
	if v.ev == nil {
		return "an invalid value"
	}
	text := "a thunk"
	v.ev.core.ReadCall(func(c *core.Call) {
		if x := c.Heap().Known(v.l); x != 0 {
			text = string(c.ShowType(x))
		}
	})
	runtime.KeepAlive(v.roots)
	return text
}

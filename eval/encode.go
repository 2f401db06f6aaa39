package eval

// This file defines how values of Go become values of Nix.

import (
	"context"
	"encoding"
	"encoding/json"
	"fmt"
	"math"
	"reflect"
	"strings"
	"time"

	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/eval/heap"
	"github.com/firn-lang/firn/eval/world"
)

// Encode returns the value of Nix that x is, all of it evaluated:
//
//	Go                              Nix
//	nil, nil pointers and the like  null
//	bool, numbers, string           what they are; integers have to fit into 64 bits with a sign
//	[]byte                          string
//	time.Duration                   string, such as "1h30m0s"
//	what has MarshalText            string
//	PathString                      path
//	ContextString                   string with a context
//	slice, array                    list
//	map                             set; keys are strings, or have MarshalText
//	struct                          set; see Decode for the names of attributes
//	func                            function; see Func for which there can be
//	Opaque                          external value
//	Value of this evaluator         the same value
//	Value of another one            a copy of it, which is evaluated for that, without its functions
//	json.Number                     number
//
// Text with a NUL byte is an error, since no string of Nix can have one, and so are names of
// attributes with one, and references of a ContextString that lead to no store path.
//
// What was encoded does not change when x does.
func (ev *Evaluator) Encode(ctx context.Context, x any) (Value, error) {
	return ev.value(ctx, func(c *core.Call) (heap.Value, error) {
		e := encoder{ev: ev, c: c}
		l, err := e.encode(x)
		if err != nil {
			return 0, fmt.Errorf("eval: %w", err)
		}
		return c.Force(l)
	})
}

// Opaque is a Go value that programs can hold and hand on, but not look into.
type Opaque struct{ Value any }

// PathString is a string that is encoded as a path, which has to be absolute.
type PathString string

// ContextString is a string with its context.
type ContextString struct {
	Text    string
	Context []ContextElem
}

type encoder struct {
	ev *Evaluator
	c  *core.Call
}

var (
	pathType      = reflect.TypeFor[PathString]()
	functionType  = reflect.TypeFor[Function]()
	numberType    = reflect.TypeFor[json.Number]()
	marshalerType = reflect.TypeFor[encoding.TextMarshaler]()
	notAbsolute   = "the path %q is not absolute"
)

// encode returns x in the evaluation that c is a call of. An encoder takes memory of Go's;
// the arguments of most calls need none.
func (ev *Evaluator) encode(c *core.Call, x any) (heap.Lazy, error) {
	if l, err, ok := ev.encodeScalar(c, x); ok {
		return l, err
	}
	if set, ok := x.(map[string]any); ok {
		return ev.encodeInputs(c, set)
	}
	e := encoder{ev: ev, c: c}
	return e.encode(x)
}

// encodeScalar returns x, if it is of one of the frequent types without parts.
func (ev *Evaluator) encodeScalar(c *core.Call, x any) (l heap.Lazy, err error, ok bool) {
	h := c.Heap()
	switch x := x.(type) {
	case nil:
		return heap.Lazy(heap.NullValue), nil, true
	case bool:
		return heap.Lazy(heap.NewBool(x)), nil, true
	case int:
		return heap.Lazy(h.NewInt(int64(x))), nil, true
	case int64:
		return heap.Lazy(h.NewInt(x)), nil, true
	case float64:
		return heap.Lazy(h.NewFloat(x)), nil, true
	case string:
		l, err := encodeText(c, x, 0)
		return l, err, true
	case Value:
		if x.ev == ev {
			x.grant(c)
			return x.l, nil, true
		}
	}
	return 0, nil, false
}

// encodeInputs returns a set of arguments or inputs, of which there mostly are few.
func (ev *Evaluator) encodeInputs(c *core.Call, set map[string]any) (l heap.Lazy, err error) {
	if err := c.Enter(); err != nil {
		return 0, err
	}
	defer c.Leave()
	if err := c.CheckSize(uint64(len(set)) + 2); err != nil {
		return 0, err
	}
	var buf [8]heap.Entry
	entries := buf[:0]
	for name, x := range set {
		l, err := ev.encode(c, x)
		if err != nil {
			return 0, within(err, "attribute %q", name)
		}
		if err := checkText(name); err != nil {
			return 0, within(err, "attribute %q", name)
		}
		entries = append(entries, heap.Entry{Name: c.Intern(name), Value: l})
		if err := c.Tick(1); err != nil {
			return 0, err
		}
	}
	return heap.Lazy(c.Heap().AttrsOf(entries)), nil
}

// encode returns x; frequent types first, without reflection.
func (e *encoder) encode(x any) (heap.Lazy, error) {
	if l, err, ok := e.ev.encodeScalar(e.c, x); ok {
		return l, err
	}
	switch x := x.(type) {
	case Value:
		return e.value(x)
	case []any:
		return e.list(len(x), func(i int) (heap.Lazy, error) { return e.encode(x[i]) })
	case map[string]any:
		return e.ev.encodeInputs(e.c, x)
	}
	return e.reflect(reflect.ValueOf(x))
}

func (e *encoder) text(text string, ctx core.Context) (heap.Lazy, error) {
	return encodeText(e.c, text, ctx)
}

// encodeText returns a string, which programs must be able to have.
func encodeText(c *core.Call, text string, ctx core.Context) (heap.Lazy, error) {
	if err := checkText(text); err != nil {
		return 0, err
	}
	v, err := c.NewString(text, ctx)
	return heap.Lazy(v), err
}

// checkText refuses what no string of Nix can have: a NUL byte.
func checkText(text string) error {
	if i := strings.IndexByte(text, 0); i >= 0 {
		return fmt.Errorf("the text has a NUL byte at %d, which no string of Nix can have", i)
	}
	return nil
}

// value returns x, which may be of another evaluator.
func (e *encoder) value(x Value) (heap.Lazy, error) {
	switch x.ev {
	case e.ev:
		x.grant(e.c)
		return x.l, nil
	case nil:
		return 0, fmt.Errorf("the zero Value cannot be encoded")
	}
	var out any
	var err error
	e.c.Guest(func(ctx context.Context) {
		if x, err = x.Force(ctx); err == nil && x.Kind() == KindFunction {
			err = fmt.Errorf("a function belongs to its Evaluator, and cannot be used by another one")
		}
		if err == nil {
			d := Decoder{opaque: true}
			err = d.Decode(ctx, x, &out)
		}
	})
	if err != nil {
		return 0, err
	}
	return e.encode(out)
}

func (e *encoder) reflect(v reflect.Value) (heap.Lazy, error) {
	h := e.c.Heap()
	switch t := v.Type(); t {
	case valueType:
		return e.value(v.Interface().(Value))
	case functionType:
		f := v.Interface().(Function)
		return e.function(&f)
	case externalType:
		if x := v.Interface().(Opaque).Value; x != nil {
			return heap.Lazy(e.c.NewExternal(x)), nil
		}
		return heap.Lazy(heap.NullValue), nil
	case stringType:
		s := v.Interface().(ContextString)
		elems := make([]core.ContextElem, len(s.Context))
		for i, elem := range s.Context {
			if err := e.ev.checkContext(elem); err != nil {
				return 0, err
			}
			elems[i] = elem.inner()
		}
		return e.text(s.Text, e.c.Context(elems...))
	case pathType:
		if !strings.HasPrefix(v.String(), "/") {
			return 0, fmt.Errorf(notAbsolute, v.String())
		}
		if err := checkText(v.String()); err != nil {
			return 0, err
		}
		return heap.Lazy(h.NewPath(world.Clean(v.String()))), nil
	case durationType:
		return e.text(time.Duration(v.Int()).String(), 0)
	case numberType:
		return e.number(json.Number(v.String()))
	}
	nilable := v.Kind() == reflect.Pointer || v.Kind() == reflect.Interface
	if nilable && v.IsNil() {
		return heap.Lazy(heap.NullValue), nil
	}
	if !v.Type().Implements(marshalerType) && reflect.PointerTo(v.Type()).Implements(marshalerType) {
		p := reflect.New(v.Type())
		p.Elem().Set(v)
		v = p
	}
	if v.Type().Implements(marshalerType) {
		var text []byte
		err := guard(func() (err error) {
			text, err = v.Interface().(encoding.TextMarshaler).MarshalText()
			return err
		})
		if err != nil {
			return 0, err
		}
		return e.text(string(text), 0)
	}
	switch v.Kind() {
	case reflect.Bool:
		return heap.Lazy(heap.NewBool(v.Bool())), nil
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return heap.Lazy(h.NewInt(v.Int())), nil
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		if v.Uint() > math.MaxInt64 {
			return 0, fmt.Errorf("%d does not fit into an integer of Nix", v.Uint())
		}
		return heap.Lazy(h.NewInt(int64(v.Uint()))), nil
	case reflect.Float32, reflect.Float64:
		return heap.Lazy(h.NewFloat(v.Float())), nil
	case reflect.String:
		return e.text(v.String(), 0)
	case reflect.Interface:
		return e.encode(v.Elem().Interface())
	case reflect.Pointer:
		return e.nested(func() (heap.Lazy, error) { return e.reflect(v.Elem()) })
	case reflect.Slice:
		if v.IsNil() {
			return heap.Lazy(heap.NullValue), nil
		}
		if v.Type().Elem().Kind() == reflect.Uint8 {
			return e.text(string(v.Bytes()), 0)
		}
		fallthrough
	case reflect.Array:
		return e.list(v.Len(), func(i int) (heap.Lazy, error) { return e.reflect(v.Index(i)) })
	case reflect.Map:
		return e.mapping(v)
	case reflect.Struct:
		return e.structure(v)
	case reflect.Func:
		if v.IsNil() {
			return heap.Lazy(heap.NullValue), nil
		}
		f := Func("anonymous", v.Interface())
		return e.function(&f)
	}
	return 0, fmt.Errorf("a Go %s cannot be encoded; wrap it into Opaque to hand it through", v.Type())
}

func (e *encoder) number(n json.Number) (heap.Lazy, error) {
	if i, err := n.Int64(); err == nil {
		return heap.Lazy(e.c.Heap().NewInt(i)), nil
	}
	f, err := n.Float64()
	if err != nil {
		return 0, fmt.Errorf("%q is no number", n)
	}
	return heap.Lazy(e.c.Heap().NewFloat(f)), nil
}

// nested counts a level: what contains itself would never end.
func (e *encoder) nested(fn func() (heap.Lazy, error)) (heap.Lazy, error) {
	if err := e.c.Enter(); err != nil {
		return 0, err
	}
	defer e.c.Leave()
	return fn()
}

func (e *encoder) list(n int, elem func(i int) (heap.Lazy, error)) (heap.Lazy, error) {
	return e.nested(func() (heap.Lazy, error) {
		if err := e.c.CheckSize(uint64(n)/2 + 1); err != nil {
			return 0, err
		}
		v := e.c.Heap().NewList(n)
		for i := range n {
			l, err := elem(i)
			if err != nil {
				return 0, within(err, "element %d", i)
			}
			e.c.Heap().Elems(v)[i] = l
		}
		return heap.Lazy(v), e.c.Tick(n / 64)
	})
}

// set makes a set of what each adds.
func (e *encoder) set(n int, each func(add func(name string, x func() (heap.Lazy, error)) error) error) (heap.Lazy, error) {
	return e.nested(func() (heap.Lazy, error) {
		if err := e.c.CheckSize(uint64(n) + 2); err != nil {
			return 0, err
		}
		entries := make([]heap.Entry, 0, n)
		err := each(func(name string, x func() (heap.Lazy, error)) error {
			l, err := x()
			if err == nil {
				err = checkText(name)
			}
			if err != nil {
				return within(err, "attribute %q", name)
			}
			entries = append(entries, heap.Entry{Name: e.c.Intern(name), Value: l})
			return e.c.Tick(1)
		})
		if err != nil {
			return 0, err
		}
		return heap.Lazy(e.c.Heap().AttrsOf(entries)), nil
	})
}

// within says where an error was, unless it is the evaluator's.
func within(err error, format string, args ...any) error {
	switch err.(type) {
	case *Error, *core.Error:
		return err
	}
	return fmt.Errorf(format+": %w", append(args, err)...)
}

func (e *encoder) mapping(v reflect.Value) (heap.Lazy, error) {
	if v.IsNil() {
		return heap.Lazy(heap.NullValue), nil
	}
	return e.set(v.Len(), func(add func(string, func() (heap.Lazy, error)) error) error {
		for it := v.MapRange(); it.Next(); {
			name, err := keyName(it.Key())
			if err != nil {
				return err
			}
			elem := it.Value()
			if err := add(name, func() (heap.Lazy, error) { return e.reflect(elem) }); err != nil {
				return err
			}
		}
		return nil
	})
}

// keyName returns the name of the attribute that a key of a map is.
func keyName(k reflect.Value) (string, error) {
	if k.Kind() == reflect.Interface && !k.IsNil() {
		k = k.Elem()
	}
	if m, ok := k.Interface().(encoding.TextMarshaler); ok {
		var text []byte
		err := guard(func() (err error) {
			text, err = m.MarshalText()
			return err
		})
		return string(text), err
	}
	if k.Kind() == reflect.String {
		return k.String(), nil
	}
	return "", fmt.Errorf("a map with keys of type %s cannot be encoded", k.Type())
}

func (e *encoder) structure(v reflect.Value) (heap.Lazy, error) {
	plan := planOf(v.Type())
	if plan.err != nil {
		return 0, plan.err
	}
	return e.set(len(plan.fields), func(add func(string, func() (heap.Lazy, error)) error) error {
		for i := range plan.fields {
			f := &plan.fields[i]
			x, err := v.FieldByIndexErr(f.index)
			if err != nil || f.omitEmpty && x.IsZero() || f.omitEmpty && isEmpty(x) {
				continue // in an embedded pointer that is nil
			}
			if err := add(f.name, func() (heap.Lazy, error) { return e.reflect(x) }); err != nil {
				return err
			}
		}
		return nil
	})
}

func isEmpty(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Map, reflect.Slice, reflect.Array:
		return v.Len() == 0
	}
	return false
}

// function returns a value that calls f: a builtin for that many arguments,
// applied to what f is.
func (e *encoder) function(f *Function) (heap.Lazy, error) {
	if f.err != nil {
		return 0, f.err
	}
	x := e.c.NewExternal(f)
	call, err := e.c.Builtin(callName(len(f.args)))
	if err != nil {
		return 0, err
	}
	v, err := e.c.Apply(call, heap.Lazy(x))
	return heap.Lazy(v), err
}

// checkContext refuses a reference that leads to no store path, or to an output of what is no
// derivation.
func (ev *Evaluator) checkContext(elem ContextElem) error {
	path, err := ev.store.Paths().Parse(elem.Path)
	switch {
	case err != nil:
		return fmt.Errorf("the context element %q: %w", elem, err)
	case elem.Kind > ContextOutput:
		return fmt.Errorf("the context element of %q has no ContextKind: %d", elem.Path, elem.Kind)
	case elem.Kind != ContextPath && !path.IsDerivation():
		return fmt.Errorf("the context element %q: %q is not a derivation", elem, elem.Path)
	case (elem.Kind == ContextOutput) != (elem.Output != ""):
		return fmt.Errorf("the context element of %q: Output has to be set for ContextOutput, and for nothing else", elem.Path)
	}
	return nil
}

package eval

// This file defines Go functions that Nix programs can call.

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"strings"

	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/eval/heap"
)

// A Function is a Go function that Nix programs can call, as builtins.NAME. It
// is called by several goroutines at once, and not always by the one that began the evaluation:
// what nests deeply goes on on others. Func, Func1, Func2 and Func3 make it.
type Function struct {
	name string
	args []string
	doc  string
	impl func(c *core.Call, first int) (heap.Value, error)
	err  error
}

// maxArgs is how many arguments a Function can have.
const maxArgs = 6

// Func returns the function fn of up to six arguments, which are decoded, and
// the result of which is encoded: see Decode and Encode. Before the arguments it
// may take a context.Context, after the result it may return an error. args are
// the names of its arguments, for documentation.
//
// With the context, which is that of the evaluation, fn can evaluate its
// arguments: those of type Value, which are not evaluated, and functions. It is
// valid until fn returns, and only for its goroutine. With any other context that
// would be an evaluation of its own, which may have to wait for this one.
//
// An error that fn returns ends the evaluation with an *Error whose Cause it is,
// of kind ErrHost, which builtins.tryEval does not catch; but see Catchable. A
// panic is an error, too: a *PanicError.
//
// By default, results and errors are kept as those of any expression: what a file
// evaluates to is shared by all evaluations until Evaluator.Forget, and with it what fn
// returned there, also if that depended on the context. If the results of fn may differ
// from one evaluation to the next, use Function.Transient; wrap single errors that may
// pass in Transient.
func Func(name string, fn any, args ...string) Function {
	f := Function{name: name}
	v := reflect.ValueOf(fn)
	if v.Kind() != reflect.Func || v.IsNil() {
		f.err = fmt.Errorf("eval: the function %s is a Go %T", name, fn)
		return f
	}
	sig, err := signatureOf(v.Type())
	if err != nil {
		f.err = fmt.Errorf("eval: the function %s: %w", name, err)
		return f
	}
	f.name1(args, len(sig.in))
	f.impl = func(c *core.Call, first int) (heap.Value, error) { return sig.apply(c, v, first) }
	return f
}

// String returns the name.
func (f *Function) String() string { return f.name }

// name1 names the arguments, of which there are n.
func (f *Function) name1(args []string, n int) {
	switch {
	case n == 0 || n > maxArgs:
		f.err = fmt.Errorf("eval: the function %s has %d arguments: it can have one to %d", f.name, n, maxArgs)
	case len(args) > n:
		f.err = fmt.Errorf("eval: the function %s has %d arguments, but names for %d", f.name, n, len(args))
	}
	f.args = append(f.args, args...)
	for len(f.args) < n {
		f.args = append(f.args, fmt.Sprintf("x%d", len(f.args)+1))
	}
}

// WithDoc returns f with documentation, in the syntax of Go's doc comments.
func (f Function) WithDoc(doc string) Function {
	f.doc = doc
	return f
}

// Transient returns f as a function whose results and errors may differ from one evaluation
// to the next, such as those that depend on values of the context, on a clock or on a
// database. Neither they nor what is made of them are kept longer than the evaluation, also
// not in a file that several evaluations import: each computes for itself what needs f. Within
// one evaluation, an expression that calls f is evaluated once, as any other.
//
// An evaluation that a Function begins with another context than its own, such as one with
// other values, counts as one of its own here. Values that an evaluation returned have what f
// returned for it; their parts that are not evaluated yet do not.
func (f Function) Transient() Function {
	if impl := f.impl; impl != nil {
		f.impl = func(c *core.Call, first int) (heap.Value, error) {
			c.Transient()
			evaluatorOf(c).once("a transient function")
			return impl(c, first)
		}
	}
	return f
}

// Func1 is Func for a function of one argument, without reflection when it is
// called: three to four times as fast for numbers, Booleans and strings.
func Func1[A, R any](name string, fn func(ctx context.Context, a A) (R, error), args ...string) Function {
	f := Function{name: name}
	f.name1(args, 1)
	in, out := takerOf[A](), giverOf[R]()
	f.impl = func(c *core.Call, first int) (heap.Value, error) {
		var a A
		if err := in(c, first, &a); err != nil {
			return 0, err
		}
		ctx, before := c.EnterGuest()
		r, err := protect(func() (R, error) { return fn(ctx, a) })
		c.LeaveGuest(before)
		if err != nil {
			return 0, failure(c, err)
		}
		return out(c, &r)
	}
	return f
}

// Func2 is Func1 for a function of two arguments.
func Func2[A, B, R any](name string, fn func(ctx context.Context, a A, b B) (R, error), args ...string) Function {
	f := Function{name: name}
	f.name1(args, 2)
	in1, in2, out := takerOf[A](), takerOf[B](), giverOf[R]()
	f.impl = func(c *core.Call, first int) (heap.Value, error) {
		var a A
		var b B
		if err := in1(c, first, &a); err != nil {
			return 0, err
		}
		if err := in2(c, first+1, &b); err != nil {
			return 0, err
		}
		ctx, before := c.EnterGuest()
		r, err := protect(func() (R, error) { return fn(ctx, a, b) })
		c.LeaveGuest(before)
		if err != nil {
			return 0, failure(c, err)
		}
		return out(c, &r)
	}
	return f
}

// Func3 is Func1 for a function of three arguments.
func Func3[A, B, C, R any](name string, fn func(ctx context.Context, a A, b B, c C) (R, error), args ...string) Function {
	f := Function{name: name}
	f.name1(args, 3)
	in1, in2, in3, out := takerOf[A](), takerOf[B](), takerOf[C](), giverOf[R]()
	f.impl = func(c *core.Call, first int) (heap.Value, error) {
		var a1 A
		var a2 B
		var a3 C
		if err := in1(c, first, &a1); err != nil {
			return 0, err
		}
		if err := in2(c, first+1, &a2); err != nil {
			return 0, err
		}
		if err := in3(c, first+2, &a3); err != nil {
			return 0, err
		}
		ctx, before := c.EnterGuest()
		r, err := protect(func() (R, error) { return fn(ctx, a1, a2, a3) })
		c.LeaveGuest(before)
		if err != nil {
			return 0, failure(c, err)
		}
		return out(c, &r)
	}
	return f
}

// Catchable returns err as one that builtins.tryEval catches, when a Function
// returns it: as if the program had thrown it.
func Catchable(err error) error {
	if err == nil {
		return nil
	}
	return &catchable{err}
}

type catchable struct{ error }

func (e *catchable) Unwrap() error { return e.error }

// Transient returns err as one that may not happen another time, such as that of a
// network, when a Function returns it: what failed with it is evaluated again when it
// is needed again. By default errors are kept. For a function all of whose results may differ
// there is Function.Transient.
func Transient(err error) error {
	if err == nil {
		return nil
	}
	return &transient{err}
}

type transient struct{ error }

func (e *transient) Unwrap() error { return e.error }

// Transient reports that the error is not to be kept.
func (e *transient) Transient() bool { return true }

// failure returns the error of the evaluation that err of a Function is.
func failure(c *core.Call, err error) error {
	if t := (*transient)(nil); errors.As(err, &t) {
		c.Transient() // for what is made of it if it is caught
		evaluatorOf(c).once("a transient error")
	}
	if p := (*PanicError)(nil); errors.As(err, &p) {
		e := c.Errorf(core.CodePanic, "%s", err.Error()).(*core.Error)
		e.Cause = err
		return e
	}
	var thrown *catchable
	if errors.As(err, &thrown) {
		e := c.Errorf(core.CodeThrown, "%s", err.Error()).(*core.Error)
		e.Cause = err
		return e
	}
	if e := (*DecodeError)(nil); errors.As(err, &e) {
		if inner, ok := inward(c, e.Err).(*core.Error); ok {
			return inner // as if it had not left the evaluation
		}
	}
	return inward(c, err)
}

// builtin returns f as a builtin.
func (f *Function) builtin() (core.Builtin, error) {
	if f.err != nil {
		return core.Builtin{}, f.err
	}
	if !validName(f.name) {
		return core.Builtin{}, fmt.Errorf("eval: %q cannot be the name of a function", f.name)
	}
	return core.Builtin{
		Name: f.name, Args: f.args, Doc: f.doc,
		Impl: func(c *core.Call) (heap.Value, error) { return f.impl(c, 0) },
	}, nil
}

func validName(name string) bool {
	for i, r := range name {
		if !(r == '_' || 'a' <= r|0x20 && r|0x20 <= 'z' || i > 0 && '0' <= r && r <= '9') {
			return false
		}
	}
	return name != ""
}

func callName(args int) string { return fmt.Sprintf("«call%d»", args) }

// calls are the builtins that functions without a name of their own are made of:
// they are applied to an external value, the Function, and its arguments.
var calls = func() []*core.Builtin {
	var out []*core.Builtin
	for n := 1; n <= maxArgs; n++ {
		b := core.Builtin{Name: callName(n), Global: callName(n), Args: []string{"function"}, Hidden: true, Label: true}
		for i := range n {
			b.Args = append(b.Args, fmt.Sprintf("x%d", i+1))
		}
		b.Impl = func(c *core.Call) (heap.Value, error) {
			x, err := c.Arg(0).Value()
			if err != nil {
				return 0, err
			}
			return c.External(x).(*Function).impl(c, 1)
		}
		out = append(out, &b)
	}
	return out
}()

// A taker stores an argument of a call.
type taker[T any] func(c *core.Call, i int, to *T) error

// takerOf returns how arguments become a T.
func takerOf[T any]() taker[T] {
	var zero T
	switch any(zero).(type) {
	case int64:
		return func(c *core.Call, i int, to *T) (err error) {
			*any(to).(*int64), err = c.Arg(i).Int()
			return err
		}
	case int:
		return func(c *core.Call, i int, to *T) error {
			n, err := c.Arg(i).Int()
			if err == nil && int64(int(n)) != n {
				err = cannotDecode(core.CodeDecodeRange, "%d does not fit into a Go int", n)
			}
			*any(to).(*int) = int(n)
			return err
		}
	case bool:
		return func(c *core.Call, i int, to *T) (err error) {
			*any(to).(*bool), err = c.Arg(i).Bool()
			return err
		}
	case string:
		return func(c *core.Call, i int, to *T) error {
			text, _, err := c.Arg(i).String()
			*any(to).(*string) = strings.Clone(text)
			return err
		}
	}
	decode := decoderOf(reflect.TypeFor[T]())
	return func(c *core.Call, i int, to *T) error {
		d := decoding{Decoder: &Decoder{}, ev: evaluatorOf(c), c: c, inCall: true}
		return argument(c, i, decode(&d, c.Arg(i).Lazy(), reflect.ValueOf(to).Elem()))
	}
}

// argument returns err as one in an argument of a call.
func argument(c *core.Call, i int, err error) error {
	if err == nil {
		return nil
	}
	if e, ok := err.(*DecodeError); ok {
		if inner, ok := inward(c, e.Err).(*core.Error); ok {
			err = inner
		}
	}
	return c.Arg(i).Frame(err)
}

// A giver returns a result.
type giver[T any] func(c *core.Call, x *T) (heap.Value, error)

// giverOf returns how a T becomes a value.
func giverOf[T any]() giver[T] {
	var zero T
	switch any(zero).(type) {
	case int64:
		return func(c *core.Call, x *T) (heap.Value, error) { return c.Heap().NewInt(*any(x).(*int64)), nil }
	case int:
		return func(c *core.Call, x *T) (heap.Value, error) { return c.Heap().NewInt(int64(*any(x).(*int))), nil }
	case bool:
		return func(c *core.Call, x *T) (heap.Value, error) { return heap.NewBool(*any(x).(*bool)), nil }
	case float64:
		return func(c *core.Call, x *T) (heap.Value, error) { return c.Heap().NewFloat(*any(x).(*float64)), nil }
	case string:
		return func(c *core.Call, x *T) (heap.Value, error) { return c.NewString(*any(x).(*string), 0) }
	}
	return func(c *core.Call, x *T) (heap.Value, error) { return give(c, *x) }
}

// give encodes x.
func give(c *core.Call, x any) (heap.Value, error) {
	e := encoder{ev: evaluatorOf(c), c: c}
	l, err := e.encode(x)
	if err != nil {
		return 0, err
	}
	return c.Force(l)
}

// evaluatorOf returns the evaluator that c is a call of.
func evaluatorOf(c *core.Call) *Evaluator { return c.Evaluator().Owner().(*Evaluator) }

// A signature is what the type of a Go function says.
type signature struct {
	typ     reflect.Type
	context bool
	in      []reflect.Type
	decode  []decodeFunc
	result  bool
	fails   bool // it has an error
}

func signatureOf(t reflect.Type) (*signature, error) {
	s := &signature{typ: t}
	if t.IsVariadic() {
		return nil, fmt.Errorf("a Go %s has any number of arguments, which no function of Nix has", t)
	}
	for i := range t.NumIn() {
		in := t.In(i)
		if i == 0 && in == contextType {
			s.context = true
			continue
		}
		s.in = append(s.in, in)
		s.decode = append(s.decode, decoderOf(in))
	}
	outs := t.NumOut()
	if outs > 0 && t.Out(outs-1) == errorType {
		s.fails = true
		outs--
	}
	if outs > 1 {
		return nil, fmt.Errorf("a Go %s has %d results: there can be one, and an error", t, outs)
	}
	s.result = outs == 1
	return s, nil
}

// apply calls fn with the arguments of c from first on.
func (s *signature) apply(c *core.Call, fn reflect.Value, first int) (heap.Value, error) {
	d := decoding{Decoder: &Decoder{}, ev: evaluatorOf(c), c: c, inCall: true}
	in := make([]reflect.Value, 0, maxArgs+1)
	if s.context {
		in = append(in, reflect.Value{})
	}
	for i, t := range s.in {
		v := reflect.New(t).Elem()
		if err := s.decode[i](&d, c.Arg(first+i).Lazy(), v); err != nil {
			return 0, argument(c, first+i, err)
		}
		in = append(in, v)
	}
	var out []reflect.Value
	var err error
	c.Guest(func(ctx context.Context) {
		defer recovered(&err)
		if s.context {
			in[0] = reflect.ValueOf(ctx)
		}
		out = fn.Call(in)
	})
	if err == nil && s.fails {
		err, _ = out[len(out)-1].Interface().(error)
	}
	if err != nil {
		return 0, failure(c, err)
	}
	if !s.result {
		return heap.NullValue, nil
	}
	return give(c, out[0].Interface())
}

// call calls fn, a function of Nix, as a Go function with this signature.
func (s *signature) call(fn Value, in []reflect.Value) []reflect.Value {
	ctx := context.Background()
	if s.context {
		ctx = in[0].Interface().(context.Context)
		in = in[1:]
	}
	args := make([]any, len(in))
	for i := range in {
		args[i] = in[i].Interface()
	}
	var out []reflect.Value
	v, err := fn.Call(ctx, args...)
	if s.result {
		r := reflect.New(s.typ.Out(0))
		if err == nil {
			err = Decode(ctx, v, r.Interface())
		}
		out = append(out, r.Elem())
	}
	e := reflect.New(errorType).Elem()
	if err != nil {
		e.Set(reflect.ValueOf(err))
	}
	return append(out, e)
}

package eval

// This file defines how values of Nix become values of Go.

import (
	"context"
	"encoding"
	"reflect"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/eval/heap"
	"github.com/firn-lang/firn/eval/world"
	"github.com/firn-lang/firn/lang"
)

// Decode evaluates v as far as that is needed to store it in what to points to.
//
//	Nix                  Go
//	null                 nil pointer, map, slice, any; leaves everything else alone
//	Boolean              bool
//	integer              all integers, if it fits; floats
//	float                float32, float64
//	string, path         string, []byte, time.Duration ("1h30m"), what has UnmarshalText
//	list                 slice, array of that length
//	set                  struct; map with strings as keys, or what has UnmarshalText
//	derivation, or another set with outPath or __toString: string as well
//	function             func, with or without a context and an error
//	external             its Go type, or an interface that it has
//	anything             Value, which stays as it is: it is not evaluated; any
//
// In any, an integer is an int64, a list []any, a set map[string]any, a set with
// outPath or __toString a string, and a function a Value.
//
// The attribute of a field is its name in camel case, such as hostName for
// HostName and url for URL, or what its tag says:
//
//	Port  int    `nix:"port,required"` // an error if there is no such attribute, or it is null
//	Notes string `nix:",omitempty"`    // is left out by Encode if it is empty
//	Cache *Cache `nix:"-"`             // is not looked at
//
// Fields of embedded structs count as fields of the struct around it, unless a
// tag names them. A field whose attribute is absent is left alone, and so keeps
// what it had. An attribute that no field is for is not evaluated.
//
// To decode a part only, Select it first. An error is a *DecodeError. A Decoder has
// options: unknown attributes as errors, all errors at once.
func Decode(ctx context.Context, v Value, to any) error {
	d := Decoder{}
	return d.Decode(ctx, v, to)
}

// A Decoder is Decode with options. It may be used by several goroutines at once.
type Decoder struct {
	// Strict makes attributes that no field is for an error.
	Strict bool
	// Hook is asked first for each value that is to be decoded. It returns whether
	// it has stored something in to, which can be set. With ctx it may evaluate v,
	// which is valid for as long as any Value. Default: none.
	Hook func(ctx context.Context, v Value, to reflect.Value) (done bool, err error)

	// All makes Decode go on after an error and return all that it finds, up to 100: an error
	// is then a DecodeErrors. What could be decoded is stored, but
	// elements of maps with an error are left out. A limit that was met and a context
	// that is done end it at once. Default: the first error ends it, and is a *DecodeError.
	All bool

	opaque bool // in any, external values are an Opaque
}

// An Unmarshaler decodes itself. v is not evaluated yet; with ctx it can be.
type Unmarshaler interface {
	UnmarshalNix(ctx context.Context, v Value) error
}

// Decode is the function Decode with these options.
func (d *Decoder) Decode(ctx context.Context, v Value, to any) error {
	target := reflect.ValueOf(to)
	if target.Kind() != reflect.Pointer || target.IsNil() {
		return newDecodeError(cannotDecode(core.CodeDecodeTarget, "eval: Decode needs a pointer to store in, not %T", to))
	}
	var failed DecodeErrors
	err := v.within(ctx, func(c *core.Call, l heap.Lazy) error {
		r := decoding{Decoder: d, ev: v.ev, c: c}
		err := r.value(l, target.Elem())
		if err == nil {
			return nil
		}
		failed = decodeErrors(err)
		for _, e := range failed {
			if inner, ok := e.Err.(*core.Error); ok {
				e.Err = public(c.Detached(inner))
			}
		}
		return failed[0].Err
	})
	switch {
	case err == nil:
		return nil
	case failed == nil: // what ended the evaluation comes from the outside
		failed = decodeErrors(err)
		if ctx.Err() != nil {
			failed[0].Code = string(core.CodeInterrupted)
		}
	}
	if d.All {
		return failed
	}
	return failed[0]
}

// A decoding is one run of Decode.
type decoding struct {
	*Decoder
	ev      *Evaluator
	c       *core.Call
	inCall  bool // of arguments of a Function
	roots   *core.Roots
	names   map[*structPlan][]lang.Symbol
	size    int // bytes that were made, nearly
	checked int // as of when it was asked whether there is room
	failed  int // errors so far, with All
}

// decodeRoots is how many Values of one decoding are kept alive together.
const decodeRoots = 64

// lazy returns l as a Value.
func (d *decoding) lazy(l heap.Lazy) Value {
	if d.roots == nil || d.roots.Len() >= decodeRoots {
		d.roots = d.ev.core.NewRoots()
	}
	d.roots.Add(l)
	return Value{d.ev, d.roots, world.ScopeOf(d.c.Ctx()), l}
}

// made counts what is made in Go's memory.
func (d *decoding) made(bytes int) error {
	if d.size += bytes; d.size-d.checked < 1<<16 {
		return d.c.Tick(1)
	}
	d.checked = d.size
	return d.c.CheckSize(uint64(d.size) / 8)
}

// wrong returns the error that x is not what is wanted.
func (d *decoding) wrong(x heap.Value, want string, t reflect.Type) error {
	return cannotDecode(core.CodeDecodeType, "expected %s for a Go %s, but found %s: %s", want, t, d.c.ShowType(x), d.c.Show(x))
}

// A decodeFunc stores what l is in v, which can be set.
type decodeFunc func(d *decoding, l heap.Lazy, v reflect.Value) error

var decoders sync.Map // of reflect.Type: decodeFunc

func decoderOf(t reflect.Type) decodeFunc {
	if fn, ok := decoders.Load(t); ok {
		return fn.(decodeFunc)
	}
	// A type may contain itself: until its decoder is known, it is looked up.
	var once sync.Once
	var fn decodeFunc
	decoders.Store(t, decodeFunc(func(d *decoding, l heap.Lazy, v reflect.Value) error {
		once.Do(func() { fn = newDecoder(t) })
		return fn(d, l, v)
	}))
	made := newDecoder(t)
	decoders.Store(t, made)
	return made
}

var (
	valueType       = reflect.TypeFor[Value]()
	anyType         = reflect.TypeFor[any]()
	durationType    = reflect.TypeFor[time.Duration]()
	contextType     = reflect.TypeFor[context.Context]()
	errorType       = reflect.TypeFor[error]()
	externalType    = reflect.TypeFor[Opaque]()
	stringType      = reflect.TypeFor[ContextString]()
	unmarshalerType = reflect.TypeFor[Unmarshaler]()
	textType        = reflect.TypeFor[encoding.TextUnmarshaler]()
)

func newDecoder(t reflect.Type) decodeFunc {
	switch t {
	case valueType:
		return func(d *decoding, l heap.Lazy, v reflect.Value) error {
			v.Set(reflect.ValueOf(d.lazy(l)))
			return nil
		}
	case anyType:
		return func(d *decoding, l heap.Lazy, v reflect.Value) error {
			x, err := d.any(l)
			if err != nil && !d.All {
				return err
			}
			if x == nil {
				v.SetZero()
			} else {
				v.Set(reflect.ValueOf(x))
			}
			return err
		}
	case durationType:
		return decodeDuration
	case externalType:
		return decodeOpaque
	case stringType:
		return decodeContextString
	case numberType:
		return decodeNumber
	}
	if reflect.PointerTo(t).Implements(unmarshalerType) {
		return func(d *decoding, l heap.Lazy, v reflect.Value) (err error) {
			d.c.Guest(func(ctx context.Context) {
				err = guard(func() error { return v.Addr().Interface().(Unmarshaler).UnmarshalNix(ctx, d.lazy(l)) })
			})
			return err
		}
	}
	if reflect.PointerTo(t).Implements(textType) {
		return external(t, decodeText)
	}
	switch t.Kind() {
	case reflect.Bool:
		return decodeBool
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return decodeInt
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		return decodeUint
	case reflect.Float32, reflect.Float64:
		return decodeFloat
	case reflect.String:
		return decodeString
	case reflect.Slice:
		if t.Elem().Kind() == reflect.Uint8 {
			return decodeBytes
		}
		return sliceDecoder(t)
	case reflect.Array:
		return arrayDecoder(t)
	case reflect.Map:
		return mapDecoder(t)
	case reflect.Struct:
		return external(t, structDecoder(t))
	case reflect.Pointer:
		return external(t, pointerDecoder(t))
	case reflect.Func:
		return external(t, funcDecoder(t))
	}
	return external(t, func(d *decoding, l heap.Lazy, v reflect.Value) error {
		if t.Kind() == reflect.Interface && d.c.Heap().KindOf(heap.Value(l)) == heap.Null {
			v.SetZero()
			return nil
		}
		return cannotDecode(core.CodeDecodeTarget, "a Go %s cannot be decoded", t)
	})
}

// external returns the decoder of a type whose values can be external ones.
func external(t reflect.Type, other decodeFunc) decodeFunc {
	return func(d *decoding, l heap.Lazy, v reflect.Value) error {
		x, err := d.c.Force(l)
		if err != nil {
			return err
		}
		if d.c.Heap().KindOf(x) == heap.External {
			in := reflect.ValueOf(d.c.External(x))
			if in.IsValid() && in.Type().AssignableTo(t) {
				v.Set(in)
				return nil
			}
		}
		return other(d, heap.Lazy(x), v)
	}
}

// value decodes l into v.
func (d *decoding) value(l heap.Lazy, v reflect.Value) error {
	return d.decode(decoderOf(v.Type()), l, v)
}

// decode decodes l into v with the decoder of its type, unless the hook does.
func (d *decoding) decode(fn decodeFunc, l heap.Lazy, v reflect.Value) error {
	if d.Hook != nil {
		var done bool
		var err error
		d.c.Guest(func(ctx context.Context) {
			err = guard(func() error {
				done, err = d.Hook(ctx, d.lazy(l), v)
				return err
			})
		})
		if done || err != nil {
			return err
		}
	}
	return fn(d, l, v)
}

func decodeBool(d *decoding, l heap.Lazy, v reflect.Value) error {
	x, err := d.c.Force(l)
	if err != nil {
		return err
	}
	switch h := d.c.Heap(); h.KindOf(x) {
	case heap.Bool:
		v.SetBool(h.Bool(x))
	case heap.Null:
	default:
		return d.wrong(x, "a Boolean", v.Type())
	}
	return nil
}

// number forces l, which has to be an integer, or null: ok is false.
func (d *decoding) number(l heap.Lazy, t reflect.Type) (n int64, ok bool, err error) {
	x, err := d.c.Force(l)
	if err != nil {
		return 0, false, err
	}
	h := d.c.Heap()
	switch k := h.KindOf(x); {
	case k.IsInt():
		return h.Int(x), true, nil
	case k == heap.Null:
		return 0, false, nil
	}
	return 0, false, d.wrong(x, "an integer", t)
}

func decodeInt(d *decoding, l heap.Lazy, v reflect.Value) error {
	n, ok, err := d.number(l, v.Type())
	if err != nil || !ok {
		return err
	}
	if v.OverflowInt(n) {
		return cannotDecode(core.CodeDecodeRange, "%d does not fit into a Go %s", n, v.Type())
	}
	v.SetInt(n)
	return nil
}

func decodeUint(d *decoding, l heap.Lazy, v reflect.Value) error {
	n, ok, err := d.number(l, v.Type())
	if err != nil || !ok {
		return err
	}
	if n < 0 || v.OverflowUint(uint64(n)) {
		return cannotDecode(core.CodeDecodeRange, "%d does not fit into a Go %s", n, v.Type())
	}
	v.SetUint(uint64(n))
	return nil
}

func decodeFloat(d *decoding, l heap.Lazy, v reflect.Value) error {
	x, err := d.c.Force(l)
	if err != nil {
		return err
	}
	h := d.c.Heap()
	switch k := h.KindOf(x); {
	case k == heap.Float:
		f := h.Float(x)
		if v.OverflowFloat(f) {
			return cannotDecode(core.CodeDecodeRange, "%v does not fit into a Go %s", f, v.Type())
		}
		v.SetFloat(f)
	case k.IsInt():
		v.SetFloat(float64(h.Int(x)))
	case k == heap.Null:
	default:
		return d.wrong(x, "a number", v.Type())
	}
	return nil
}

// text forces l, which has to be a string or path, or a set that becomes one. It
// returns memory of the heap; null is "", and not ok.
func (d *decoding) text(l heap.Lazy, t reflect.Type) (text string, ctx core.Context, ok bool, err error) {
	x, err := d.c.Force(l)
	if err != nil {
		return "", 0, false, err
	}
	h := d.c.Heap()
	switch k := h.KindOf(x); {
	case k == heap.String:
		text, ctx = h.Text(x), core.Context(h.Context(x))
	case k == heap.Path:
		if text, err = d.c.Settled(h.Text(x)); err != nil {
			return "", 0, false, err
		}
		text = world.Shown(text)
	case k.IsAttrs():
		if !d.isText(x) {
			return "", 0, false, d.wrong(x, "a string", t)
		}
		if text, ctx, err = d.c.Need(heap.Lazy(x), "while decoding a set as a string").Coerce(0); err != nil {
			return "", 0, false, err
		}
	case k == heap.Null:
		return "", 0, false, nil
	default:
		return "", 0, false, d.wrong(x, "a string", t)
	}
	return text, ctx, true, d.made(len(text))
}

// isText reports whether x, a set, can become a string.
func (d *decoding) isText(x heap.Value) bool {
	h := d.c.Heap()
	for _, name := range [...]string{"outPath", "__toString"} {
		if sym := d.c.Lookup(name); sym != 0 && h.Find(x, sym) != 0 {
			return true
		}
	}
	return false
}

func decodeString(d *decoding, l heap.Lazy, v reflect.Value) error {
	text, _, ok, err := d.text(l, v.Type())
	if err == nil && ok {
		v.SetString(strings.Clone(text))
	}
	return err
}

func decodeBytes(d *decoding, l heap.Lazy, v reflect.Value) error {
	text, _, ok, err := d.text(l, v.Type())
	switch {
	case err != nil:
	case ok:
		v.SetBytes([]byte(text))
	default:
		v.SetZero()
	}
	return err
}

func decodeDuration(d *decoding, l heap.Lazy, v reflect.Value) error {
	x, err := d.c.Force(l)
	if err != nil {
		return err
	}
	switch h := d.c.Heap(); h.KindOf(x) {
	case heap.Null:
	case heap.String:
		n, err := time.ParseDuration(h.Text(x))
		if err != nil {
			return &decodeFailure{code: core.CodeDecodeText, msg: strings.TrimPrefix(err.Error(), "time: "), err: err}
		}
		v.SetInt(int64(n))
	default:
		return d.wrong(x, `a string such as "1h30m"`, v.Type())
	}
	return nil
}

// decodeNumber decodes into a json.Number.
func decodeNumber(d *decoding, l heap.Lazy, v reflect.Value) error {
	x, err := d.c.Force(l)
	if err != nil {
		return err
	}
	switch h := d.c.Heap(); {
	case h.KindOf(x).IsInt():
		v.SetString(strconv.FormatInt(h.Int(x), 10))
	case h.KindOf(x) == heap.Float:
		v.SetString(strconv.FormatFloat(h.Float(x), 'g', -1, 64))
	case h.KindOf(x) != heap.Null:
		return d.wrong(x, "a number", v.Type())
	}
	return nil
}

// decodeText decodes into what has UnmarshalText. Numbers are given to it as they
// are written.
func decodeText(d *decoding, l heap.Lazy, v reflect.Value) error {
	x, err := d.c.Force(l)
	if err != nil {
		return err
	}
	var text string
	if h := d.c.Heap(); h.KindOf(x).IsInt() {
		text = strconv.FormatInt(h.Int(x), 10)
	} else if h.KindOf(x) == heap.Float {
		text = strconv.FormatFloat(h.Float(x), 'g', -1, 64)
	} else {
		var ok bool
		if text, _, ok, err = d.text(heap.Lazy(x), v.Type()); err != nil || !ok {
			return err
		}
	}
	return refusedText(guard(func() error { return v.Addr().Interface().(encoding.TextUnmarshaler).UnmarshalText([]byte(text)) }))
}

func decodeOpaque(d *decoding, l heap.Lazy, v reflect.Value) error {
	x, err := d.c.Force(l)
	if err != nil {
		return err
	}
	if d.c.Heap().KindOf(x) != heap.External {
		return d.wrong(x, "an external value", v.Type())
	}
	v.Set(reflect.ValueOf(Opaque{d.c.External(x)}))
	return nil
}

func decodeContextString(d *decoding, l heap.Lazy, v reflect.Value) error {
	text, ctx, ok, err := d.text(l, v.Type())
	if err == nil && ok {
		v.Set(reflect.ValueOf(ContextString{strings.Clone(text), contextElems(d.c.Elems(ctx))}))
	}
	return err
}

// list forces l, which has to be a list, or null: ok is false.
func (d *decoding) list(l heap.Lazy, t reflect.Type) (x heap.Value, ok bool, err error) {
	x, err = d.c.Force(l)
	if err != nil {
		return 0, false, err
	}
	switch d.c.Heap().KindOf(x) {
	case heap.List:
		return x, true, nil
	case heap.Null:
		return 0, false, nil
	}
	return 0, false, d.wrong(x, "a list", t)
}

// elems decodes the elements of the list x into those of v.
func (d *decoding) elems(x heap.Value, v reflect.Value, elem decodeFunc) error {
	if err := d.c.Enter(); err != nil {
		return err
	}
	defer d.c.Leave()
	var failed DecodeErrors
	h := d.c.Heap()
	for i := range h.Len(x) {
		if err := d.decode(elem, h.Elems(x)[i], v.Index(i)); err != nil {
			if err := d.note(&failed, d.at(err, strconv.Itoa(i), 0)); err != nil {
				return err
			}
		}
	}
	return failed.err()
}

func sliceDecoder(t reflect.Type) decodeFunc {
	elem := decoderOf(t.Elem())
	return func(d *decoding, l heap.Lazy, v reflect.Value) error {
		x, ok, err := d.list(l, t)
		if err != nil {
			return err
		}
		if !ok {
			v.SetZero()
			return nil
		}
		n := d.c.Heap().Len(x)
		if err := d.made(n * int(t.Elem().Size())); err != nil {
			return err
		}
		out := reflect.MakeSlice(t, n, n)
		err = d.elems(x, out, elem)
		if err == nil || d.All {
			v.Set(out)
		}
		return err
	}
}

func arrayDecoder(t reflect.Type) decodeFunc {
	elem := decoderOf(t.Elem())
	return func(d *decoding, l heap.Lazy, v reflect.Value) error {
		x, ok, err := d.list(l, t)
		if err != nil || !ok {
			return err
		}
		if n := d.c.Heap().Len(x); n != t.Len() {
			return cannotDecode(core.CodeDecodeRange, "a list of %d elements does not fit into a Go %s", n, t)
		}
		return d.elems(x, v, elem)
	}
}

// set forces l, which has to be a set, or null: ok is false.
func (d *decoding) set(l heap.Lazy, t reflect.Type) (x heap.Value, ok bool, err error) {
	x, err = d.c.Force(l)
	if err != nil {
		return 0, false, err
	}
	switch k := d.c.Heap().KindOf(x); {
	case k.IsAttrs():
		return x, true, nil
	case k == heap.Null:
		return 0, false, nil
	}
	return 0, false, d.wrong(x, "a set", t)
}

func mapDecoder(t reflect.Type) decodeFunc {
	elem := decoderOf(t.Elem())
	key, err := keyDecoder(t.Key())
	return func(d *decoding, l heap.Lazy, v reflect.Value) error {
		if err != nil {
			return err
		}
		x, ok, err := d.set(l, t)
		if err != nil {
			return err
		}
		if !ok {
			v.SetZero()
			return nil
		}
		if err := d.c.Enter(); err != nil {
			return err
		}
		defer d.c.Leave()
		all := d.c.SortedAttrs(x)
		if err := d.made(len(all) * int(t.Key().Size()+t.Elem().Size())); err != nil {
			return err
		}
		if v.IsNil() {
			v.Set(reflect.MakeMapWithSize(t, len(all)))
		}
		var seen map[any]string // names, by key, where several names can have one key
		if t.Key().Kind() != reflect.String || reflect.PointerTo(t.Key()).Implements(textType) {
			seen = make(map[any]string, len(all))
		}
		var failed DecodeErrors
		for _, e := range all {
			name := d.c.Name(e.Name)
			// A new element each time: what it points to must not be shared.
			out := reflect.New(t.Elem()).Elem()
			err := d.decode(elem, e.Value, out)
			var k reflect.Value
			if err == nil {
				k, err = key(name)
			}
			if err == nil && seen != nil {
				if before, ok := seen[k.Interface()]; ok {
					err = cannotDecode(core.CodeDecodeText, "the key is that of the attribute '%s'", d.c.AttrName(before))
				}
				seen[k.Interface()] = name
			}
			if err == nil {
				v.SetMapIndex(k, out)
			} else if err := d.note(&failed, d.at(err, d.c.AttrName(name), d.c.AttrPos(x, e.Name))); err != nil {
				return err
			}
		}
		return failed.err()
	}
}

// keyDecoder returns how names of attributes become keys.
func keyDecoder(t reflect.Type) (func(name string) (reflect.Value, error), error) {
	switch {
	case reflect.PointerTo(t).Implements(textType):
		return func(name string) (reflect.Value, error) {
			k := reflect.New(t)
			err := guard(func() error { return k.Interface().(encoding.TextUnmarshaler).UnmarshalText([]byte(name)) })
			return k.Elem(), refusedText(err)
		}, nil
	case t.Kind() == reflect.String:
		return func(name string) (reflect.Value, error) {
			return reflect.ValueOf(strings.Clone(name)).Convert(t), nil
		}, nil
	case t == anyType:
		return func(name string) (reflect.Value, error) { return reflect.ValueOf(strings.Clone(name)), nil }, nil
	}
	return nil, cannotDecode(core.CodeDecodeTarget, "a set cannot be decoded into a Go map with keys of type %s", t)
}

func pointerDecoder(t reflect.Type) decodeFunc {
	elem := decoderOf(t.Elem())
	return func(d *decoding, l heap.Lazy, v reflect.Value) error {
		// external has forced it.
		if d.c.Heap().KindOf(heap.Value(l)) == heap.Null {
			v.SetZero()
			return nil
		}
		if err := d.c.Enter(); err != nil { // a type may be a pointer to itself
			return err
		}
		defer d.c.Leave()
		if v.IsNil() {
			v.Set(reflect.New(t.Elem()))
		}
		return d.decode(elem, l, v.Elem())
	}
}

func structDecoder(t reflect.Type) decodeFunc {
	plan := planOf(t)
	elems := make([]decodeFunc, len(plan.fields))
	for i := range elems {
		elems[i] = decoderOf(plan.fields[i].typ)
	}
	return func(d *decoding, l heap.Lazy, v reflect.Value) error {
		if plan.err != nil {
			return cannotDecode(core.CodeDecodeTarget, "%v", plan.err)
		}
		x, ok, err := d.set(l, t)
		if err != nil || !ok {
			return err
		}
		if err := d.c.Enter(); err != nil {
			return err
		}
		defer d.c.Leave()
		h := d.c.Heap()
		symbols := d.symbols(plan)
		var failed DecodeErrors
		known := 0
		for i := range plan.fields {
			f := &plan.fields[i]
			l := heap.Lazy(0)
			if sym := symbols[i]; sym != 0 {
				l = h.Get(x, sym)
			}
			if l == 0 {
				if f.required {
					if err := d.note(&failed, d.missing(x, symbols, f.name)); err != nil {
						return err
					}
				}
				continue
			}
			known++
			err := d.decode(elems[i], l, field(v, f.index))
			if err == nil && f.required {
				if x := d.c.Known(l); x != 0 && h.KindOf(x) == heap.Null {
					err = cannotDecode(core.CodeDecodeMissing, "the attribute is required, but null")
				}
			}
			if err != nil {
				if err := d.note(&failed, d.at(err, d.c.AttrName(f.name), d.c.AttrPos(x, symbols[i]))); err != nil {
					return err
				}
			}
		}
		if d.Strict && known < h.Size(x) {
			if err := d.unknown(&failed, x, plan, symbols, t); err != nil {
				return err
			}
		}
		if err := d.c.Tick(1); err != nil {
			return err
		}
		return failed.err()
	}
}

// symbols returns the symbols of the names of fields; 0 for what no attribute is
// called.
func (d *decoding) symbols(plan *structPlan) []lang.Symbol {
	if out, ok := d.names[plan]; ok {
		return out
	}
	if d.names == nil {
		d.names = map[*structPlan][]lang.Symbol{}
	}
	// Interned, since evaluating a field may make the name of another one.
	out := make([]lang.Symbol, len(plan.fields))
	for i := range out {
		out[i] = d.c.Intern(plan.fields[i].name)
	}
	d.names[plan] = out
	return out
}

// field returns a field of v, which may be in an embedded struct.
func field(v reflect.Value, index []int) reflect.Value {
	for i, n := range index {
		if i > 0 && v.Kind() == reflect.Pointer {
			if v.IsNil() {
				v.Set(reflect.New(v.Type().Elem()))
			}
			v = v.Elem()
		}
		v = v.Field(n)
	}
	return v
}

package eval

// This file defines what values become in an interface, and functions in Go.

import (
	"reflect"
	"strconv"
	"strings"

	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/eval/heap"
)

// any returns what l is in an interface.
func (d *decoding) any(l heap.Lazy) (any, error) {
	x, err := d.c.Force(l)
	if err != nil {
		return nil, err
	}
	h := d.c.Heap()
	switch k := h.KindOf(x); {
	case k == heap.Null:
		return nil, d.made(0)
	case k == heap.Bool:
		return h.Bool(x), d.made(0)
	case k.IsInt():
		return h.Int(x), d.made(8)
	case k == heap.Float:
		return h.Float(x), d.made(8)
	case k == heap.List:
		return d.anyList(x)
	case k == heap.External && d.opaque:
		return Opaque{d.c.External(x)}, nil
	case k == heap.External:
		return d.c.External(x), nil
	case k.IsFunction():
		return d.lazy(heap.Lazy(x)), nil
	case k.IsAttrs() && !d.isText(x):
		return d.anyMap(x)
	}
	text, _, _, err := d.text(heap.Lazy(x), anyType)
	return strings.Clone(text), err
}

func (d *decoding) anyList(x heap.Value) (any, error) {
	if err := d.c.Enter(); err != nil {
		return nil, err
	}
	defer d.c.Leave()
	h := d.c.Heap()
	n := h.Len(x)
	if err := d.made(24 + 16*n); err != nil {
		return nil, err
	}
	out := make([]any, n)
	var failed DecodeErrors
	for i := range out {
		var err error
		if d.Hook == nil {
			out[i], err = d.any(h.Elems(x)[i])
		} else {
			err = d.value(h.Elems(x)[i], reflect.ValueOf(&out[i]).Elem())
		}
		if err != nil {
			if err := d.note(&failed, d.at(err, strconv.Itoa(i), 0)); err != nil {
				return nil, err
			}
		}
	}
	return out, failed.err()
}

func (d *decoding) anyMap(x heap.Value) (any, error) {
	if err := d.c.Enter(); err != nil {
		return nil, err
	}
	defer d.c.Leave()
	all := d.c.SortedAttrs(x)
	if err := d.made(48 + 64*len(all)); err != nil {
		return nil, err
	}
	out := make(map[string]any, len(all))
	var failed DecodeErrors
	for _, e := range all {
		var elem any
		var err error
		if d.Hook == nil {
			elem, err = d.any(e.Value)
		} else {
			err = d.value(e.Value, reflect.ValueOf(&elem).Elem())
		}
		name := d.c.Name(e.Name)
		if err == nil {
			out[name] = elem
		} else if err := d.note(&failed, d.at(err, d.c.AttrName(name), d.c.AttrPos(x, e.Name))); err != nil {
			return nil, err
		}
	}
	return out, failed.err()
}

// funcDecoder returns the decoder of a Go function, which calls one of Nix.
func funcDecoder(t reflect.Type) decodeFunc {
	sig, err := signatureOf(t)
	return func(d *decoding, l heap.Lazy, v reflect.Value) error {
		if err != nil {
			return cannotDecode(core.CodeDecodeTarget, "%v", err)
		}
		switch k := d.c.Heap().KindOf(heap.Value(l)); {
		case k == heap.Null:
			v.SetZero()
			return nil
		case !k.IsFunction() && !k.IsAttrs():
			return d.wrong(heap.Value(l), "a function", t)
		case d.inCall && !sig.context:
			return cannotDecode(core.CodeDecodeTarget, "a Go %s that a Function gets needs a context as its first argument", t)
		case !sig.fails:
			return cannotDecode(core.CodeDecodeTarget, "a Nix function may fail, so the Go %s needs an error as its last result", t)
		}
		fn := d.lazy(l)
		v.Set(reflect.MakeFunc(t, func(in []reflect.Value) []reflect.Value { return sig.call(fn, in) }))
		return nil
	}
}

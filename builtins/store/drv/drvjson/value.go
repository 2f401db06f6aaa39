package drvjson

// This file defines JSON values: how they are read and written, and what is said of those
// of the wrong type.

import (
	"fmt"
	"maps"
	"slices"
	"strconv"

	"github.com/firn-lang/firn/builtins/text/jsontext"
	"github.com/firn-lang/firn/eval/datatext"
)

// A value is one of map[string]any, []any, string, int64, float64, bool and nil.
type value = any

// parseValue reads a JSON text.
func parseValue(text string) (value, error) {
	b := &builder{}
	if err := jsontext.Decode(text, b, nil); err != nil {
		return nil, err
	}
	return b.result, nil
}

// A builder makes a value of what jsontext.Decode reads.
type builder struct {
	result value
	open   []container
}

// A container is an array or object that has not ended.
type container struct {
	list []any
	set  map[string]any // nil for an array
	key  string         // of what comes next
}

// add adds a value that is whole.
func (b *builder) add(v value) error {
	if len(b.open) == 0 {
		b.result = v
		return nil
	}
	c := &b.open[len(b.open)-1]
	if c.set != nil {
		c.set[c.key] = v
	} else {
		c.list = append(c.list, v)
	}
	return nil
}

// maxDepth is how deep arrays and objects can be in one another.
const maxDepth = 10_000

// push begins an array or object.
func (b *builder) push(c container) error {
	if len(b.open) >= maxDepth {
		return fmt.Errorf("JSON is deeper than %d levels", maxDepth)
	}
	b.open = append(b.open, c)
	return nil
}

// pop returns the innermost container, which ends.
func (b *builder) pop() container {
	c := b.open[len(b.open)-1]
	b.open = b.open[:len(b.open)-1]
	return c
}

func (b *builder) Null() error           { return b.add(nil) }
func (b *builder) Bool(v bool) error     { return b.add(v) }
func (b *builder) Int(n int64) error     { return b.add(n) }
func (b *builder) Float(f float64) error { return b.add(f) }
func (b *builder) String(s string) error { return b.add(s) }

func (b *builder) BeginArray() error  { return b.push(container{list: []any{}}) }
func (b *builder) EndArray() error    { return b.add(b.pop().list) }
func (b *builder) BeginObject() error { return b.push(container{set: map[string]any{}}) }
func (b *builder) EndObject() error   { return b.add(b.pop().set) }

func (b *builder) Key(s string) error {
	b.open[len(b.open)-1].key = s
	return nil
}

// appendValue appends a value: compact, with sorted keys.
func appendValue(b []byte, v value) ([]byte, error) {
	switch v := v.(type) {
	case nil:
		return append(b, "null"...), nil
	case bool:
		return strconv.AppendBool(b, v), nil
	case int64:
		return strconv.AppendInt(b, v, 10), nil
	case float64:
		return datatext.AppendJSONFloat(b, v), nil
	case string:
		return datatext.AppendJSONString(b, v)
	case []string:
		return appendList(b, len(v), '[', ']', func(b []byte, i int) ([]byte, error) { return datatext.AppendJSONString(b, v[i]) })
	case []any:
		return appendList(b, len(v), '[', ']', func(b []byte, i int) ([]byte, error) { return appendValue(b, v[i]) })
	case map[string]any:
		keys := slices.Sorted(maps.Keys(v))
		return appendList(b, len(keys), '{', '}', func(b []byte, i int) ([]byte, error) {
			b, err := datatext.AppendJSONString(b, keys[i])
			if err != nil {
				return b, err
			}
			return appendValue(append(b, ':'), v[keys[i]])
		})
	}
	panic(fmt.Sprintf("drvjson: value of type %T", v))
}

// appendList appends n parts between brackets.
func appendList(b []byte, n int, begin, end byte, part func(b []byte, i int) ([]byte, error)) ([]byte, error) {
	b = append(b, begin)
	for i := range n {
		if i > 0 {
			b = append(b, ',')
		}
		var err error
		if b, err = part(b, i); err != nil {
			return b, err
		}
	}
	return append(b, end), nil
}

// text returns a value as messages show it.
func text(v value) string {
	b, err := appendValue(nil, v)
	if err != nil {
		return "…"
	}
	return string(b)
}

// typeName returns the library's name of the type of a value.
func typeName(v value) string {
	switch v.(type) {
	case nil:
		return "null"
	case bool:
		return "boolean"
	case int64, float64:
		return "number"
	case string:
		return "string"
	case []any:
		return "array"
	}
	return "object"
}

// wrongType returns the error of a value that has another type than it should.
func wrongType(v value, want string) error {
	//lint:ignore ST1005 the reference's words
	return fmt.Errorf("Expected JSON value to be of type '%s' but it is of type '%s': %s", want, typeName(v), text(v))
}

// as returns a value of a type that is required, whose name is want.
func as[T any](v value, want string) (T, error) {
	t, ok := v.(T)
	if !ok {
		return t, wrongType(v, want)
	}
	return t, nil
}

// member returns the member of an object that must have it.
func member(o map[string]any, key string) (value, error) {
	v, ok := o[key]
	if !ok {
		//lint:ignore ST1005 the reference's words
		return nil, fmt.Errorf("Expected JSON object to contain key '%s' but it doesn't: %s", key, text(o))
	}
	return v, nil
}

// memberAs returns the member of an object that must have it, of a type that is required.
func memberAs[T any](o map[string]any, key, want string) (t T, err error) {
	v, err := member(o, key)
	if err != nil {
		return t, err
	}
	return as[T](v, want)
}

// stringsOf returns the strings of the array that is a member of an object.
func stringsOf(o map[string]any, key string) ([]string, error) {
	list, err := memberAs[[]any](o, key, "array")
	if err != nil {
		return nil, err
	}
	out := make([]string, len(list))
	for i, v := range list {
		if out[i], err = as[string](v, "string"); err != nil {
			return nil, err
		}
	}
	return out, nil
}

package jsontext

// This file defines Parse.

import (
	"fmt"

	"github.com/firn-lang/firn/eval/budget"
)

// MaxDepth is how deep arrays and objects can be in one another for Parse.
const MaxDepth = 10_000

// Parse returns what a JSON text is: nil, a bool, an int64, a float64, a string, or such in
// []any and map[string]any. Of a key that comes twice the last value counts.
func Parse(text string, b budget.Budget) (any, error) {
	t := &builder{}
	if err := Decode(text, t, b); err != nil {
		return nil, err
	}
	return t.result, nil
}

// TypeName returns what JSON calls the type of a value that Parse returned.
func TypeName(v any) string {
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

// A builder is the Handler of Parse.
type builder struct {
	result any
	open   []container // the innermost last
}

// A container is an array or object that has not ended.
type container struct {
	list []any
	set  map[string]any // nil for an array
	key  string         // of what comes next
}

// add adds a value that is whole.
func (b *builder) add(v any) error {
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

// push begins an array or object.
func (b *builder) push(c container) error {
	if len(b.open) >= MaxDepth {
		return fmt.Errorf("JSON is deeper than %d levels", MaxDepth)
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

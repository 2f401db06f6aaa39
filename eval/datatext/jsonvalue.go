package datatext

// This file defines JSON documents that are whole in memory.

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
)

// AppendJSONValue appends v as JSON with sorted keys, as the reference writes its own files and
// reports. v is nil, a bool, an int64, a uint64, a float64, a string, a []string, or such in
// []any and map[string]any. With indent, elements are on lines of their own, two spaces further
// in; otherwise all is one line.
func AppendJSONValue(dst []byte, v any, indent bool) ([]byte, error) {
	w := valueWriter{dst: dst, indent: indent}
	err := w.value(v)
	return w.dst, err
}

// A valueWriter is a call of AppendJSONValue.
type valueWriter struct {
	dst    []byte
	indent bool
	depth  int
}

func (w *valueWriter) string(s string) (err error) {
	w.dst, err = AppendJSONString(w.dst, s)
	return err
}

// value appends any value.
func (w *valueWriter) value(v any) error {
	switch v := v.(type) {
	case nil:
		w.dst = append(w.dst, "null"...)
	case bool:
		w.dst = strconv.AppendBool(w.dst, v)
	case int64:
		w.dst = strconv.AppendInt(w.dst, v, 10)
	case uint64:
		w.dst = strconv.AppendUint(w.dst, v, 10)
	case float64:
		w.dst = AppendJSONFloat(w.dst, v)
	case string:
		return w.string(v)
	case []string:
		return w.list(len(v), '[', ']', func(i int) error { return w.string(v[i]) })
	case []any:
		return w.list(len(v), '[', ']', func(i int) error { return w.value(v[i]) })
	case map[string]any:
		keys := slices.Sorted(maps.Keys(v))
		return w.list(len(keys), '{', '}', func(i int) error {
			if err := w.string(keys[i]); err != nil {
				return err
			}
			w.dst = append(w.dst, ':')
			if w.indent {
				w.dst = append(w.dst, ' ')
			}
			return w.value(v[keys[i]])
		})
	default:
		panic(fmt.Sprintf("datatext: value of type %T", v))
	}
	return nil
}

// list appends n elements between brackets.
func (w *valueWriter) list(n int, begin, end byte, elem func(i int) error) error {
	w.dst = append(w.dst, begin)
	w.depth++
	for i := range n {
		if i > 0 {
			w.dst = append(w.dst, ',')
		}
		w.newline()
		if err := elem(i); err != nil {
			return err
		}
	}
	w.depth--
	if n > 0 {
		w.newline()
	}
	w.dst = append(w.dst, end)
	return nil
}

// newline goes to the next line, if there are lines.
func (w *valueWriter) newline() {
	if !w.indent {
		return
	}
	w.dst = append(w.dst, '\n')
	for range w.depth {
		w.dst = append(w.dst, "  "...)
	}
}

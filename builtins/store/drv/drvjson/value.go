package drvjson

// This file defines what is said of JSON values of the wrong type.

import (
	"fmt"

	"github.com/firn-lang/firn/builtins/text/jsontext"
	"github.com/firn-lang/firn/eval/datatext"
)

// A value is one of map[string]any, []any, string, int64, float64, bool and nil.
type value = any

// parseValue reads a JSON text.
func parseValue(text string) (value, error) { return jsontext.Parse(text, nil) }

// appendValue appends a value: compact, with sorted keys.
func appendValue(b []byte, v value) ([]byte, error) { return datatext.AppendJSONValue(b, v, false) }

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

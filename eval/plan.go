package eval

// This file defines which attributes the fields of a Go struct are.

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"
	"unicode"
)

// A structPlan is what Decode and Encode know of a struct type.
type structPlan struct {
	fields []fieldPlan
	err    error
}

// A fieldPlan is a field that is an attribute.
type fieldPlan struct {
	name      string
	index     []int // through embedded structs
	typ       reflect.Type
	omitEmpty bool
	required  bool
	tagged    bool
	twice     bool // another one like it has the same name
}

var plans sync.Map // of reflect.Type: *structPlan

func planOf(t reflect.Type) *structPlan {
	if p, ok := plans.Load(t); ok {
		return p.(*structPlan)
	}
	p := &structPlan{}
	p.add(t, nil, map[reflect.Type]bool{})
	for _, f := range p.fields {
		if f.twice {
			p.fail("two fields of %s are the attribute %q", t, f.name)
		}
	}
	plans.Store(t, p)
	return p
}

// add adds the fields of t, which is at index. Of several of one name, the one
// that is embedded least deeply counts, and among those the one with a tag.
func (p *structPlan) add(t reflect.Type, index []int, around map[reflect.Type]bool) {
	if around[t] {
		return
	}
	around[t] = true
	defer delete(around, t)
	var embedded []reflect.StructField
	for i := range t.NumField() {
		f := t.Field(i)
		tag, tagged := f.Tag.Lookup("nix")
		if tag == "-" {
			continue
		}
		name, rest, _ := strings.Cut(tag, ",")
		inner := f.Type
		if inner.Kind() == reflect.Pointer {
			inner = inner.Elem()
		}
		if f.Anonymous && name == "" && inner.Kind() == reflect.Struct && !isLeaf(inner) {
			if f.IsExported() || f.Type.Kind() == reflect.Struct {
				embedded = append(embedded, f)
			}
			continue
		}
		if !f.IsExported() {
			if tagged {
				p.fail("the field %s of %s has a tag, but is not exported", f.Name, t)
			}
			continue
		}
		plan := fieldPlan{name: name, index: append(slices.Clone(index), i), typ: f.Type, tagged: name != ""}
		if name == "" {
			plan.name = attrName(f.Name)
		}
		for opt := range strings.SplitSeq(rest, ",") {
			switch opt {
			case "":
			case "omitempty":
				plan.omitEmpty = true
			case "required":
				plan.required = true
			default:
				p.fail("the tag of the field %s of %s has the option %q: there are omitempty and required", f.Name, t, opt)
			}
		}
		p.put(plan)
	}
	for _, f := range embedded {
		inner := f.Type
		if inner.Kind() == reflect.Pointer {
			inner = inner.Elem()
		}
		p.add(inner, append(slices.Clone(index), f.Index...), around)
	}
}

func (p *structPlan) put(f fieldPlan) {
	for i := range p.fields {
		other := &p.fields[i]
		switch {
		case other.name != f.name || len(other.index) < len(f.index):
		case len(other.index) > len(f.index):
			*other = f
		case other.tagged == f.tagged:
			other.twice = true
		case f.tagged:
			*other = f
		}
		if other.name == f.name {
			return
		}
	}
	p.fields = append(p.fields, f)
}

func (p *structPlan) fail(format string, args ...any) {
	if p.err == nil {
		p.err = fmt.Errorf("eval: "+format, args...)
	}
}

// isLeaf reports whether a struct type is decoded by itself, not by its fields.
func isLeaf(t reflect.Type) bool {
	p := reflect.PointerTo(t)
	return t == valueType || t == externalType || t == stringType || p.Implements(unmarshalerType) || p.Implements(textType)
}

// attrName returns the name of the attribute that a field is: in camel case,
// where an abbreviation at its start is in small letters: hostName, urlPath, ids.
func attrName(field string) string {
	for _, word := range []string{"OAuth", "IPv"} {
		if rest, ok := strings.CutPrefix(field, word); ok {
			return strings.ToLower(word) + rest
		}
	}
	runes := []rune(field)
	if n := abbreviations(runes); n > 0 {
		return strings.ToLower(string(runes[:n])) + string(runes[n:])
	}
	for i, r := range runes {
		if !unicode.IsUpper(r) || i > 0 && i+1 < len(runes) && unicode.IsLower(runes[i+1]) {
			break
		}
		runes[i] = unicode.ToLower(r)
	}
	return string(runes)
}

// abbreviations returns the length of an abbreviation in the plural at the start of a
// field's name, as in IDs; 0 if there is none.
func abbreviations(name []rune) int {
	n := 0
	for n < len(name) && unicode.IsUpper(name[n]) {
		n++
	}
	if n < 2 || n == len(name) || name[n] != 's' || n+1 < len(name) && !unicode.IsUpper(name[n+1]) {
		return 0
	}
	return n + 1
}
